package io.github.camelaiflow.it.simulation;

import io.github.camelaiflow.delivery.DeliveryMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One run: workers, records and faults, all drawn from the seed; then the faults stop, and all must come to rest. */
final class Simulation {

    /** After the last fault everything is settled within this: longest wait when fenced, session, transaction timeout, abort interval. */
    private static final long SETTLES_WITHIN = 150_000;

    private static final long DRAINS_WITHIN = 3 * Plan.MAX_POLL_INTERVAL + 60_000;
    private static final Set<Fault> KEEP_ORDER = EnumSet.of(
            Fault.KILL,
            Fault.PAUSE,
            Fault.SLOW,
            Fault.PROCESSOR_THROWS,
            Fault.COORDINATOR_AWAY,
            Fault.REBALANCE,
            Fault.LEAVE,
            Fault.JOIN,
            Fault.TWIN,
            Fault.CLOCK_JUMP);
    private static final Set<Fault> CALM_GROUP = EnumSet.of(
            Fault.CLOCK_JUMP, Fault.PROCESSOR_THROWS, Fault.DEAD_REFUSES, Fault.LEADER_AWAY, Fault.REQUEST_LOST);
    private static final Set<Fault> ONLY_KILLS = EnumSet.of(Fault.KILL, Fault.CLOCK_JUMP, Fault.PROCESSOR_THROWS);

    private final SplittableRandom random;
    private final Fibers fibers;
    private final Faults faults;
    private final Plan plan;
    private final Checks checks;
    private final SimBroker broker;
    private final Wrong wrong;
    private final List<SimWorkers> all = new ArrayList<>();
    private final boolean calmGroup;
    private final boolean onlyKills;
    private int killedThreads;
    private boolean quiet;
    private boolean draining;

    private Simulation(long seed, DeliveryMode mode, boolean faulty, Wrong wrong, boolean printing) {
        random = new SplittableRandom(seed);
        this.wrong = wrong;
        plan = Plan.of(random.split(), mode);
        faults = new Faults(random.split(), faulty ? EnumSet.allOf(Fault.class) : EnumSet.noneOf(Fault.class));
        checks = new Checks(mode, plan.maxPollRecords(), KEEP_ORDER.containsAll(faults.enabled()), printing);
        calmGroup = CALM_GROUP.containsAll(faults.enabled());
        onlyKills = ONLY_KILLS.containsAll(faults.enabled());
        fibers = new Fibers(random.split());
        checks.on(fibers);
        Map<String, Integer> topics = new LinkedHashMap<>();
        topics.put(Plan.IN, plan.partitions());
        topics.put(Plan.OUT, plan.outPartitions());
        topics.put(Plan.DEAD, 1);
        broker = new SimBroker(fibers, faults, checks, topics, Plan.IN);
    }

    /** @param violation null if all held */
    record Result(
            String violation,
            long trace,
            Map<Fault, Integer> faults,
            Map<String, String> outcomes,
            int doubles,
            long virtualMillis) {}

    /** A run, and its twin without faults. */
    static Result run(long seed, DeliveryMode mode, Wrong wrong, boolean printing) {
        Result result = new Simulation(seed, mode, true, wrong, printing).result();
        if (result.violation != null) {
            return result;
        }
        Result twin = new Simulation(seed, mode, false, Wrong.NOT, false).result();
        return result.outcomes.equals(twin.outcomes) && twin.violation == null
                ? result
                : new Result(
                        "other outcomes than without faults: " + twin.violation,
                        result.trace,
                        result.faults,
                        result.outcomes,
                        0,
                        0);
    }

    private Result result() {
        plan.countFaults(faults);
        try {
            new Upstream(broker, checks).start(plan);
            for (int i = 0; i < plan.instances(); i++) {
                keepRunning("app" + i);
            }
            new Disturbances(this, broker, plan).schedule();
            troubled();
            calm();
            drain();
            if (checks.violation() == null) {
                new Rest(broker, checks, plan).check(doublesAllowed());
            }
        } finally {
            all.forEach(workers -> workers.process.kill());
            fibers.killAll();
        }
        return new Result(
                checks.violation(),
                checks.traceHash(),
                faults.counts(),
                checks.outcomes(),
                checks.doubles(),
                fibers.now());
    }

    /** Until the records are sent and the time of faults is over. */
    private void troubled() {
        long end = plan.lastArrival() + 1 + (faults.enabled().isEmpty() ? 0 : faults.between(0, 30_000));
        while (checks.violation() == null && fibers.now() < end) {
            fibers.sleep(500);
        }
    }

    /** No faults any more: liveness. */
    private void calm() {
        quiet = true;
        faults.stop();
        broker.heal();
        all.stream().filter(workers -> !workers.kept()).forEach(workers -> workers.process.kill());
        all.forEach(workers -> workers.process.resume());
        long deadline = fibers.now() + SETTLES_WITHIN;
        while (checks.violation() == null && !(checks.settled() && new Rest(broker, checks, plan).committed())) {
            if (fibers.now() > deadline) {
                checks.violated("stuck: " + checks.missing() + " of " + checks.size() + " without outcome "
                        + SETTLES_WITHIN + " ms after the last fault");
            }
            fibers.sleep(500);
        }
    }

    /** Stopped as one should, each process ends and gives back what it has. */
    private void drain() {
        draining = true;
        all.forEach(SimWorkers::stop);
        long deadline = fibers.now() + DRAINS_WITHIN;
        while (checks.violation() == null
                && !all.stream().allMatch(workers -> workers.ended() || workers.process.dead())) {
            if (fibers.now() > deadline) {
                checks.violated("a stopped process does not end");
            }
            fibers.sleep(200);
        }
        // What the killed ones left open holds back readers until the broker aborts it.
        fibers.sleep(Plan.TRANSACTION_TIMEOUT + SimBroker.ABORT_INTERVAL + 2_000);
        for (SimWorkers workers : all) {
            if (!workers.process.dead() && workers.inHand() != 0 && checks.violation() == null) {
                checks.violated("a stopped process has " + workers.inHand() + " records in hand");
            }
        }
    }

    boolean quiet() {
        return quiet;
    }

    /** Starts a process, once. */
    SimWorkers start(String name) {
        return start(name, false);
    }

    /** Starts a process, and starts it anew whenever it has died. */
    void keepRunning(String name) {
        if (!draining) {
            SimWorkers workers = start(name, true);
            workers.process.onDeath(() -> fibers.after(faults.duration(20_000), () -> keepRunning(name)));
        }
    }

    private SimWorkers start(String name, boolean kept) {
        SimWorkers workers = new SimWorkers(new SimProcess(name, fibers), kept, broker, plan, wrong, random.split());
        all.add(workers);
        workers.process.onDeath(() -> killedThreads += plan.threads());
        return workers;
    }

    /** Those that are to run, and do. */
    List<SimWorkers> running() {
        return all.stream()
                .filter(workers -> workers.kept() && !workers.process.dead() && !workers.ended())
                .toList();
    }

    /**
     * How many copies may be visible in at-least-once mode: a poll for each thread that was killed; what was given back after a failure, if
     * somebody else may have taken it then; what reached the broker without an answer.
     */
    private int doublesAllowed() {
        int unheard = faults.count(EnumSet.of(Fault.ANSWER_LOST, Fault.REFUSED, Fault.REQUEST_LATE));
        int returned = onlyKills || calmGroup
                ? 0
                : all.stream().mapToInt(SimWorkers::returned).sum();
        return plan.maxPollRecords() * killedThreads + returned + unheard;
    }
}
