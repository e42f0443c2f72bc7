package io.github.camelaiflow.it.simulation;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Faults that strike at a time and not at a call. */
final class Disturbances {

    private final Simulation simulation;
    private final SimBroker broker;
    private final Faults faults;
    private final Plan plan;

    Disturbances(Simulation simulation, SimBroker broker, Plan plan) {
        this.simulation = simulation;
        this.broker = broker;
        this.faults = broker.faults;
        this.plan = plan;
    }

    void schedule() {
        for (Fault fault : faults.enabled()) {
            for (int i = fault.atTimes() ? faults.pick(4) : 0; i > 0; i--) {
                broker.fibers.after(faults.between(0, plan.lastArrival() + 10_000), () -> strike(fault));
            }
        }
    }

    private void strike(Fault fault) {
        List<SimWorkers> running = simulation.running();
        if (simulation.quiet() || running.isEmpty()) {
            return;
        }
        faults.count(fault);
        broker.checks.event("fault", fault.toString());
        switch (fault) {
            case BROKER_DOWN -> broker.down(faults.duration(40_000));
            case LEADER_AWAY -> {
                String topic = faults.pick(List.of(Plan.IN, Plan.OUT, Plan.DEAD));
                broker.log(new TopicPartition(topic, faults.pick(broker.count(topic)))).leaderAwayUntil =
                        broker.now() + faults.duration(40_000);
            }
            case COORDINATOR_AWAY -> broker.coordinatorAway(faults.duration(40_000));
            case REBALANCE -> broker.group.rebalance();
            case LEAVE -> leave(faults.pick(running));
            case JOIN -> comeAndGo("extra", faults.duration(60_000));
            case TWIN -> comeAndGo("app0", faults.duration(60_000));
            case DEAD_REFUSES -> {
                broker.refusing = Plan.DEAD;
                broker.refusingUntil = broker.now() + faults.duration(40_000);
            }
            case CLOCK_JUMP -> faults.pick(running).process.clockOffset += faults.between(-300_000_000, 300_000_000);
            default -> throw new IllegalArgumentException(fault.toString());
        }
    }

    private void leave(SimWorkers workers) {
        workers.stop();
        startAgain(workers);
    }

    /** Once it has ended, and not before: an operator waits. */
    private void startAgain(SimWorkers workers) {
        broker.fibers.after(faults.between(500, 5_000), () -> {
            if (workers.ended() && !workers.process.dead()) {
                simulation.keepRunning(workers.process.name);
            } else if (!workers.process.dead()) {
                startAgain(workers);
            }
        });
    }

    private void comeAndGo(String name, long millis) {
        SimWorkers workers = simulation.start(name);
        boolean orderly = faults.chance(50);
        broker.fibers.after(millis, () -> {
            if (orderly) {
                workers.stop();
            } else {
                workers.process.kill();
            }
        });
    }
}
