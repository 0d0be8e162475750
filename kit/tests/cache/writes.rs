//! An hour of a large shop on Akamai Functions, simulated: its limit is 50 writes to key-value a second for the
//! whole app, and its instances do not know of each other.

use commerce::{Market, ProductKey};
use kit::Edge;
use kit::cache::LONGEST_LIFE;
use kit::reads::Reads;
use kit::rehearsal::{Script, World};
use kit::shop::Shop;
use kit::slots::{Deadline, Slot, Slots};
use kit::trace::Trace;
use kit::visitor::Markets;
use std::rc::Rc;
use std::time::Duration;

/// Akamai Functions, for an app.
const LIMIT: usize = 50;
const PRODUCTS: u32 = 100_000;
/// Of Zipf's law: the second is asked for half as often as the first.
const EXPONENT: f64 = 1.0;
const PER_SECOND: u32 = 120;
const INSTANCES: usize = 20;
/// What Spin gives an instance before it takes a new one.
const REQUESTS_OF_ONE: u32 = 128;

/// Chance, the same every time (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below_one(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32;
        f64::from(u32::try_from(high).unwrap()) / f64::from(u32::MAX)
    }

    fn below(&mut self, most: usize) -> usize {
        let at = self.below_one() * most as f64;
        (at as usize).min(most - 1)
    }
}

/// Which product is asked for, most often the first.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new() -> Self {
        let mut sum = 0.0;
        let weights = (1..=PRODUCTS).map(|rank| {
            sum += f64::from(rank).powf(-EXPONENT);
            sum
        });
        Self(weights.collect())
    }

    fn product(&self, chance: &mut Chance) -> usize {
        let at = chance.below_one() * self.0.last().unwrap();
        self.0.partition_point(|sum| *sum < at)
    }
}

/// An instance with the shop that it has open.
struct Instance {
    world: Rc<World>,
    shop: Shop,
    slots: Slots,
    served: u32,
}

impl Instance {
    fn new(first: &World, market: &Market) -> Self {
        let world = first.beside();
        let edge: Rc<dyn Edge> = world.clone();
        let reads = Rc::<Reads>::default();
        let deadline = Deadline::new(&*edge, LONGEST_LIFE);
        let trace = Rc::new(Trace::new(false));
        let shop = world.run(Shop::open(&edge, deadline, market.clone(), reads.clone(), &trace));
        let slots = Slots::new(edge, deadline, reads);
        Self { world, shop, slots, served: 0 }
    }
}

/// What came of a simulation.
struct Told {
    requests: u32,
    upstream: usize,
    reads: usize,
    writes: Vec<Duration>,
    missing: u32,
}

impl Told {
    /// The most in any second, wherever it begins.
    fn highest(&self) -> usize {
        let ends = |begin: Duration| self.writes.partition_point(|at| *at < begin + Duration::from_secs(1));
        let counts = self.writes.iter().enumerate().map(|(nth, begin)| ends(*begin) - nth);
        counts.max().unwrap_or_default()
    }

    fn mean(&self, time: Duration) -> f64 {
        self.writes.len() as f64 / time.as_secs_f64()
    }

    fn print(&self, what: &str, time: Duration) {
        let (requests, seconds) = (f64::from(self.requests), time.as_secs_f64());
        println!(
            "{what}: {} products, Zipf {EXPONENT}, {} requests, {INSTANCES} instances: highest {} writes in a \
             second, mean {:.1}; {:.1} reads/s; hit rate {:.1} %; {} upstream calls, {:.0} per 1,000 requests",
            PRODUCTS,
            self.requests,
            self.highest(),
            self.mean(time),
            self.reads as f64 / seconds,
            100.0 * (1.0 - f64::from(self.missing) / requests),
            self.upstream,
            1000.0 * self.upstream as f64 / requests,
        );
    }
}

fn simulate(variables: &[(&str, &str)], per_second: u32, time: Duration) -> Told {
    let first = World::new();
    first.variables.borrow_mut().insert("cache".into(), "on".into());
    for (name, value) in variables {
        first.variables.borrow_mut().insert((*name).to_owned(), (*value).to_owned());
    }
    let product = r#"{"id":"p","slug":"p","name":"Coat","variants":[]}"#;
    first.script("/v1/products", Script { after: Duration::ZERO, answer: Ok((200, product.into())) });
    let market = Markets::parse(Markets::DEFAULT).unwrap().iter().next().unwrap().clone();
    let zipf = Zipf::new();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut instances: Vec<Option<Instance>> = (0..INSTANCES).map(|_| None).collect();
    let mut told = Told { requests: 0, upstream: 0, reads: 0, writes: Vec::new(), missing: 0 };
    while first.elapsed() < time {
        first.wait(Duration::from_secs(1) / per_second);
        let place = instances.get_mut(chance.below(INSTANCES)).unwrap();
        if place.as_ref().is_none_or(|instance| instance.served == REQUESTS_OF_ONE) {
            *place = Some(Instance::new(&first, &market));
        }
        let instance = place.as_mut().unwrap();
        instance.served += 1;
        let key = ProductKey::Slug(zipf.product(&mut chance).to_string());
        let world = &instance.world;
        let answer = world.run(async {
            let value = instance.slots.required(Slot::new("product"), instance.shop.product(&key)).await;
            // Whatever is asked of the backend from here on, the visitor does not wait for.
            (value.map(|_| ()), world.sent.borrow().len())
        });
        assert_eq!(answer.0, Ok(()));
        told.requests += 1;
        told.missing += u32::try_from(answer.1).unwrap();
        told.upstream += world.sent.borrow_mut().drain(..).count();
        told.reads += world.store_reads.replace(0);
    }
    told.writes = first.store_writes.borrow().iter().map(|(at, _)| *at).collect();
    told
}

#[test]
fn an_hour_of_a_large_shop_stays_below_the_limit() {
    let hour = Duration::from_secs(3600);
    let told = simulate(&[], PER_SECOND, hour);
    told.print("admitted", hour);
    assert!(told.highest() <= LIMIT, "{} writes in a second", told.highest());
    assert!(
        told.mean(hour) > 10.0 && told.missing < told.requests / 3,
        "and yet copies are written, and found"
    );
    // What the same load would write if nobody counted.
    let while_ = Duration::from_secs(300);
    let free = simulate(&[("cache_writes_per_s", "1000000"), ("cache_writers", "1")], PER_SECOND, while_);
    free.print("without admission", while_);
    assert!(
        free.highest() > LIMIT && free.mean(while_) > LIMIT as f64,
        "the load is too low to tell anything"
    );
}

#[test]
fn a_rush_on_a_cold_shop_stays_below_the_limit() {
    // All instances begin at once, have served their time at once, and are followed by others that know of nothing.
    let time = Duration::from_secs(15);
    let told = simulate(&[], 1000, time);
    told.print("a rush", time);
    assert!(told.highest() <= LIMIT, "{} writes in a second", told.highest());
    assert!(told.highest() > LIMIT / 2, "the load is too low to tell anything");
}
