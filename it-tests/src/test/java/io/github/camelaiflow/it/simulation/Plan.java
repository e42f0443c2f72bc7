package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.delivery.DeliveryMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a run is about, all but its faults: the same for the run and for its twin without faults.
 *
 * @param named whether instances have names, and so are static members
 * @param arrivals the upstream's doings, by time
 */
record Plan(
        DeliveryMode mode,
        int instances,
        int threads,
        boolean named,
        int partitions,
        int outPartitions,
        int maxPollRecords,
        List<Arrival> arrivals) {

    static final String IN = "in";
    static final String OUT = "out";
    static final String DEAD = "dead";
    static final long SESSION = 6_000;
    static final long MAX_POLL_INTERVAL = 30_000;
    static final long TRANSACTION_TIMEOUT = 10_000;

    /** Records that the upstream sends to a partition at a time, in a transaction that ends later, or outside of any. */
    record Arrival(long time, int partition, List<Input> inputs, Long endsAt, boolean aborted) {}

    static Plan of(SplittableRandom random, DeliveryMode mode) {
        int instances = 1 + random.nextInt(3);
        int threads = 1 + random.nextInt(2);
        int partitions = 1 + random.nextInt(4);
        int maxPollRecords = 1 + random.nextInt(random.nextBoolean() ? 4 : 20);
        return new Plan(
                mode,
                instances,
                threads,
                random.nextInt(4) > 0,
                partitions,
                1 + random.nextInt(3),
                maxPollRecords,
                arrivals(random, partitions));
    }

    private static List<Arrival> arrivals(SplittableRandom random, int partitions) {
        List<Arrival> arrivals = new ArrayList<>();
        int records = 5 + random.nextInt(50);
        int poison = random.nextInt(30);
        int large = random.nextInt(3) == 0 ? 10 : 0;
        int duplicates = random.nextInt(20);
        int transactions = random.nextInt(40);
        long spread = 1 + random.nextInt(1_000);
        long time = 0;
        int number = 0;
        while (number < records) {
            int partition = random.nextInt(partitions);
            List<Input> inputs = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                int kind = random.nextInt(100);
                Input input = new Input(
                        "key" + partition + random.nextInt(3),
                        kind < poison
                                ? Input.Kind.POISON
                                : kind < poison + large ? Input.Kind.TOO_LARGE : Input.Kind.DECIDED,
                        number++);
                inputs.add(input);
                if (random.nextInt(100) < duplicates) {
                    inputs.add(input);
                }
            }
            boolean transaction = random.nextInt(100) < transactions;
            arrivals.add(new Arrival(
                    time,
                    partition,
                    inputs,
                    transaction ? time + 1 + 2 * random.nextInt(1_500) : null,
                    transaction && random.nextInt(3) == 0));
            // Records at even times, ends at odd ones: their order is never a matter of chance.
            time += 2 + 2 * random.nextLong(spread);
        }
        return arrivals;
    }

    /** What of the faults is in the records. */
    void countFaults(Faults faults) {
        for (Arrival arrival : arrivals) {
            if (arrival.aborted()) {
                faults.count(Fault.UPSTREAM_ABORT);
            }
            Input before = null;
            for (Input input : arrival.inputs()) {
                if (input.kind() != Input.Kind.DECIDED) {
                    faults.count(input.kind() == Input.Kind.POISON ? Fault.POISON : Fault.TOO_LARGE);
                }
                if (input == before) {
                    faults.count(Fault.UPSTREAM_DUPLICATE);
                }
                before = input;
            }
        }
    }

    long lastArrival() {
        return arrivals.stream()
                .mapToLong(a -> a.endsAt() == null ? a.time() : a.endsAt())
                .max()
                .orElse(0);
    }
}
