//! What is one visitor's: carts, orders, customers.

use super::Commercetools;
use super::ask::{Ask, MOST, is_id};
use super::cart::{self, CHANGE, CREATE, READ, Shelf, WireCart};
use super::change::{self, Around};
use super::customer::{self, LoggedIn, Profile, ShoppingList};
use super::delivery::{Collected, Methods};
use super::exchange::is_conflict;
use super::order::{self, WireOrder};
use super::schema::{Page, Schema};
use super::store::Channel;
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{
    Cart, CartChange, CartId, Checkout, Credentials, Customer, CustomerToken, Delivery, Market, Order,
    OrderId, Placement, ProductCard, SignedIn,
};
use futures::{join, try_join};
use std::time::Duration;

const DELIVERY: &str = "commercetools.delivery";
const METHODS_KEPT: Duration = Duration::from_secs(600);

impl Commercetools {
    pub(super) async fn read_cart(&self, market: &Market, id: &CartId) -> Result<Cart, Error> {
        let (schema, wire) = try_join!(self.schema(), self.wire_cart(market, id))?;
        let shelf = self.shelf(&wire.skus()).await?;
        wire.cart(READ, market, &schema, &shelf)
    }

    pub(super) async fn begin_cart(&self, market: &Market) -> Result<Cart, Error> {
        let ask = cart::ask_new(market);
        let (schema, wire) = try_join!(self.schema(), self.exchange.ask::<WireCart>(&ask, None))?;
        wire.cart(CREATE, market, &schema, &Shelf::default())
    }

    /// Reads, checks, writes one version. A 409 says that nothing was written: then it reads, checks and
    /// writes once more, and after that the visitor hears of it.
    pub(super) async fn write_change(
        &self,
        market: &Market,
        id: &CartId,
        change: &CartChange,
    ) -> Result<Cart, Error> {
        let delivery = match change {
            CartChange::ChooseDelivery { delivery } => Some(delivery),
            _ => None,
        };
        let (schema, ways) = try_join!(self.schema(), self.ways(delivery))?;
        let once = async || {
            let wire = self.wire_cart(market, id).await?;
            let mut skus = wire.skus();
            skus.extend(change::wanted(change).filter(|sku| !skus.contains(sku)));
            let shelf = self.shelf(&skus).await?;
            let around =
                Around { market, shelf: &shelf, methods: &ways.methods, collected: ways.collected.as_ref() };
            let actions = change::actions(&wire, change, &around)?;
            let ask = cart::update(CHANGE, &wire, &actions);
            let written = self.exchange.ask::<WireCart>(&ask, Some(Subject::Cart)).await;
            Ok((written.map_err(|error| change::added(change, error))?, shelf))
        };
        let (wire, shelf) = match once().await {
            Err(error) if is_conflict(&error) => once().await?,
            other => other?,
        };
        wire.cart(CHANGE, market, &schema, &shelf)
    }

    /// Orders the cart as the visitor saw it: when it changes between the last write and the order, they are
    /// told, and nothing is ordered.
    pub(super) async fn place_order(
        &self,
        market: &Market,
        id: &CartId,
        placement: &Placement,
    ) -> Result<Checkout, Error> {
        let (schema, ways) = try_join!(self.schema(), self.ways(Some(&placement.delivery)))?;
        let shelf = Shelf::default();
        let around =
            Around { market, shelf: &shelf, methods: &ways.methods, collected: ways.collected.as_ref() };
        let prepare = async || {
            let wire = self.wire_cart(market, id).await?;
            if wire.basket.line_items.is_empty() {
                return Err(Error::new(Kind::Refused(Refusal::EmptyCart), order::PLACE, ""));
            }
            let actions = order::prepared(&wire, placement, &around)?;
            let ask = cart::update(order::PLACE, &wire, &actions);
            self.exchange.ask::<WireCart>(&ask, Some(Subject::Cart)).await
        };
        // Nothing that the visitor sees is changed by this write, so that it may follow a change.
        let wire = match prepare().await {
            Err(error) if is_conflict(&error) => prepare().await?,
            other => other?,
        };
        let placed: WireOrder = self.exchange.ask(&order::place(&wire), Some(Subject::Cart)).await?;
        let store = ways.collected.and_then(|collected| collected.channel.store(market));
        Ok(Checkout::Placed { order: placed.order(order::PLACE, market, &schema, store)? })
    }

    pub(super) async fn read_order(&self, market: &Market, id: &OrderId) -> Result<Order, Error> {
        if !is_id(id.as_str()) {
            return Err(Error::new(Kind::NotFound(Subject::Order), order::READ, "not an identifier"));
        }
        let ask = order::ask(id);
        let (schema, wire) =
            try_join!(self.schema(), self.exchange.ask::<WireOrder>(&ask, Some(Subject::Order)))?;
        // A store that has closed is left out rather than hiding the order.
        let store = match wire.basket.pickup() {
            Some(channel) => self.channel(channel).await.ok().and_then(|channel| channel.store(market)),
            None => None,
        };
        wire.order(order::READ, market, &schema, store)
    }

    pub(super) async fn let_in(
        &self,
        credentials: &Credentials,
        cart: Option<&CartId>,
    ) -> Result<SignedIn, Error> {
        let taken = async {
            let ask = customer::log_in(credentials, cart.filter(|cart| is_id(cart.as_str()))?);
            self.exchange.ask::<LoggedIn>(&ask, Some(Subject::Cart)).await.ok()?.cart
        };
        // Both check the password. A cart that cannot be given over stays the visitor's.
        let (token, taken) = join!(self.exchange.sign_in(credentials), taken);
        let cart = taken.map(|cart| CartId::new(cart.id)).or_else(|| cart.cloned());
        Ok(SignedIn { token: token?, cart })
    }

    pub(super) async fn read_customer(
        &self,
        market: &Market,
        token: &CustomerToken,
    ) -> Result<Customer, Error> {
        let (profile, orders) = (customer::ask_profile(), customer::ask_orders());
        // A customer without their orders or their wishes is still one.
        let known = async {
            let profile = self.exchange.ask_as::<Profile>(token, &profile);
            let (schema, profile) = try_join!(self.schema(), profile)?;
            let wishes = self.wishes(market, &schema, &profile.id).await.ok();
            Ok::<_, Error>((schema, profile, wishes))
        };
        let (known, orders) = join!(known, self.exchange.ask_as::<Page<WireOrder>>(token, &orders));
        let (schema, profile, wishes) = known?;
        profile.customer(market, &schema, orders.ok().as_ref(), wishes)
    }

    async fn wishes(
        &self,
        market: &Market,
        schema: &Schema,
        customer: &str,
    ) -> Result<Vec<ProductCard>, Error> {
        let lists: Page<ShoppingList> = self.exchange.ask(&customer::ask_lists(customer), None).await?;
        self.cards(customer::LISTS, market, schema, &customer::wished(lists)).await
    }

    async fn wire_cart(&self, market: &Market, id: &CartId) -> Result<WireCart, Error> {
        if !is_id(id.as_str()) {
            return Err(Error::new(Kind::NotFound(Subject::Cart), READ, "not an identifier"));
        }
        let wire: WireCart = self.exchange.ask(&cart::ask(id), Some(Subject::Cart)).await?;
        wire.open(READ, market)
    }

    async fn shelf(&self, skus: &[String]) -> Result<Shelf, Error> {
        match Shelf::ask(skus) {
            Some(ask) => Ok(Shelf::of(self.exchange.ask(&ask, None).await?)),
            None => Ok(Shelf::default()),
        }
    }

    /// What a choice of delivery needs; nothing for anything else.
    async fn ways(&self, delivery: Option<&Delivery>) -> Result<Ways, Error> {
        let Some(delivery) = delivery else { return Ok(Ways { methods: Methods::none(), collected: None }) };
        let ask = Ask::get(DELIVERY, &["shipping-methods"]).with("limit", MOST);
        let methods = self.exchange.kept("shipping-methods", &ask, METHODS_KEPT);
        let (methods, collected) = try_join!(methods, self.collected(delivery))?;
        Ok(Ways { methods: Methods::read(DELIVERY, &methods)?, collected })
    }

    /// The store to collect from; `None` when nothing can be collected there.
    async fn collected(&self, delivery: &Delivery) -> Result<Option<Collected>, Error> {
        let Delivery::Pickup { store } = delivery else { return Ok(None) };
        let channel = match self.channel(store.as_str()).await {
            Err(Error { kind: Kind::NotFound(_), .. }) => return Ok(None),
            other => other?,
        };
        let address = channel.shipping_address().filter(|_| channel.collects());
        Ok(address.map(|address| Collected { channel, address }))
    }

    async fn channel(&self, id: &str) -> Result<Channel, Error> {
        if !is_id(id) {
            return Err(Error::new(Kind::NotFound(Subject::Store), DELIVERY, "not an identifier"));
        }
        self.exchange.ask(&Ask::get(DELIVERY, &["channels", id]), Some(Subject::Store)).await
    }
}

struct Ways {
    methods: Methods,
    collected: Option<Collected>,
}
