//! Where an order is.

use super::super::{Action, Card, Question, Reply, Talk};
use super::goods::picture;
use commerce::{Order, OrderId, OrderState};
use kit::{Failure, Slot, Trouble};

impl Talk<'_> {
    /// An order by what the visitor calls it, or the latest one.
    pub(in super::super) async fn order(&mut self, said: Option<&str>) -> Result<Reply, Failure> {
        let last = self.session.order.clone();
        let Some(said) = said else {
            return match last {
                Some(id) => Ok(match self.find_order(&id).await? {
                    Some(order) => self.show_order(&order),
                    None => self.ask_order(),
                }),
                None => Ok(self.ask_order()),
            };
        };
        // The number on the phone is not the key that opens an order, but the latest order's is known.
        if let Some(id) = last
            && let Some(order) = self.find_order(&id).await?
            && (order.number.eq_ignore_ascii_case(said) || order.id.as_str() == said)
        {
            return Ok(self.show_order(&order));
        }
        let id = OrderId::new(said);
        Ok(match self.find_order(&id).await? {
            Some(order) => {
                self.session.order = Some(order.id.clone());
                self.show_order(&order)
            }
            None => {
                let said: String = said.chars().take(80).collect();
                Reply::text(self.locale.say("order-unknown", &[("number", said.into())]))
                    .and_choices(vec![self.button("button-person", Action::Person {})])
                    .private()
            }
        })
    }

    fn ask_order(&mut self) -> Reply {
        self.memory.asked = Some(Question::Order);
        Reply::text(self.text("order-which")).private()
    }

    async fn find_order(&self, id: &OrderId) -> Result<Option<Order>, Failure> {
        match self.ask.slots.required(Slot::new("order"), self.ask.shop.order(id)).await {
            Ok(order) => Ok(Some(order.into_open())),
            Err(Failure { trouble: Trouble::NotFound(_), .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    fn show_order(&self, order: &Order) -> Reply {
        let state = self.text(match order.state {
            OrderState::Placed => "order-placed",
            OrderState::Packing => "order-packing",
            OrderState::ReadyForPickup => "order-ready-for-pickup",
            OrderState::Shipped => "order-shipped",
            OrderState::Delivered => "order-delivered",
            OrderState::Cancelled => "order-cancelled",
        });
        let number = ("number", order.number.clone().into());
        let mut lines = vec![self.locale.say("order-state", &[number, ("state", state.into())])];
        let is_open = !matches!(order.state, OrderState::Delivered | OrderState::Cancelled);
        if let (Some(expected), true) = (order.expected_at, is_open) {
            let date = self.locale.date_time(expected);
            lines.push(self.locale.say("order-expected", &[("date", date.into())]));
        }
        if let Some(store) = &order.pickup {
            let address =
                format!("{}, {} {}", store.address.street, store.address.postcode, store.address.city);
            let variables = [("store", store.name.clone().into()), ("address", address.into())];
            lines.push(self.locale.say("order-pickup", &variables));
        }
        let items = self.locale.count("items", order.quantity);
        let total = self.locale.money(order.total);
        lines.push(self.locale.say("order-sum", &[("items", items.into()), ("total", total.into())]));
        let cards = order.lines.iter().take(6).map(|line| Card {
            title: line.name.clone(),
            subtitle: [line.choices.clone(), format!("× {}", self.locale.number(line.quantity))]
                .join("\n")
                .trim()
                .to_owned(),
            price: Some(self.locale.money(line.total)),
            image: line.image.as_ref().map(picture),
            ..Card::default()
        });
        Reply::text(lines.join("\n")).and_cards(cards.collect()).private()
    }
}
