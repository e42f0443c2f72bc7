package io.github.camelaiflow.delivery;

/** A partition of a topic. */
public record Partition(String topic, int number) {

    /** Where a record with this origin lies. */
    public static Partition of(Origin origin) {
        return new Partition(origin.topic(), origin.partition());
    }

    @Override
    public String toString() {
        return topic + "-" + number;
    }
}
