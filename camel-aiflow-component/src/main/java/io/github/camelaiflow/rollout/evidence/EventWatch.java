package io.github.camelaiflow.rollout.evidence;

import java.util.function.Predicate;

/** Rates of an event that an observation tells by itself. The centre is the control's rate, learnt at each power of two. */
final class EventWatch extends Watch {

    private static final long FIRST = 128;

    private final Predicate<Observation> event;
    private final boolean ofCalls;
    private long records;
    private long events;
    private double centre;

    /** @param ofCalls whether the event is a call's, and not each record's */
    EventWatch(Guardrail guardrail, Predicate<Observation> event, boolean ofCalls) {
        super(guardrail);
        this.ofCalls = ofCalls;
        this.event = event;
    }

    @Override
    void randomised(boolean treatment, double share, Observation answer, long times) {
        if (ofCalls && answer.shared()) {
            return;
        }
        boolean happened = event.test(answer);
        findings().difference(0).add(treatment, share, centre, happened, times);
        if (!treatment) {
            learn(happened, times);
        }
    }

    private void learn(boolean happened, long times) {
        long before = records;
        records += times;
        events += happened ? times : 0;
        if (records >= FIRST && Long.highestOneBit(records) > before) {
            centre = tenth((double) events / records);
        }
    }

    @Override
    void paired(Observation control, Observation treatment) {
        if (ofCalls && (control.shared() || treatment.shared())) {
            return;
        }
        findings().difference(0).addPairs(event.test(control), event.test(treatment), 1);
    }
}
