package io.github.camelaiflow.delivery;

/** How outcomes are made visible, and so what a fault can do to them. */
public enum DeliveryMode {
    /** Outcomes and offsets in one Kafka transaction a batch: each outcome is visible once to consumers that read committed messages. */
    EXACTLY_ONCE,
    /** Outcomes first, offsets after: after a fault up to one poll a thread is visible twice, with the same decision ids. */
    AT_LEAST_ONCE,
    /** Outcomes and offsets in one transaction of the store's database: each outcome is one row. */
    DATABASE
}
