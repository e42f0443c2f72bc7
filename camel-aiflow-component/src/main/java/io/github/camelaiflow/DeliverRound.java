package io.github.camelaiflow;

import io.github.camelaiflow.DeliverCalls.Answer;
import io.github.camelaiflow.DeliverCalls.Item;
import io.github.camelaiflow.DeliverExchanges.RedeliverException;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.OutcomesException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.ValidationException;
import org.apache.camel.util.ObjectHelper;

/**
 * One time that a batch is asked about. Records under suspicion are asked about first, each alone, and the others not before these pass or are
 * given up. What fails as a whole by wrong data is asked about by halves. What fails as a whole by something that may pass is either a
 * record's doing or that of something all need: one record alone tells, another one each time. If it passes, the halves show whose
 * doing it is; if not, all have failed. Used by one thread, once.
 */
final class DeliverRound {

    /** So many records that fail alone are enough for one time: each may cost as much as a time-out. */
    private static final int ENOUGH = 10;

    private final List<Incoming> records;
    private final DeliverCalls calls;
    private final Redeliveries redeliveries;
    private final BooleanSupplier stopping;
    private final Map<Origin, Outcome> decided = new HashMap<>();
    private final Set<Origin> counted = new HashSet<>();
    private final List<Incoming> unsuspected = new ArrayList<>();
    private boolean witnessed;
    private int failing;
    private Throwable again;

    /** @param stopping whether what fails now may fail because the route is being stopped */
    DeliverRound(List<Incoming> records, DeliverCalls calls, Redeliveries redeliveries, BooleanSupplier stopping) {
        this.records = records;
        this.calls = calls;
        this.redeliveries = redeliveries;
        this.stopping = stopping;
    }

    /**
     * One outcome a record, in order.
     *
     * @throws RedeliverException if a record failed that may be tried again
     */
    List<Outcome> outcomes() throws RedeliverException {
        for (Incoming record : records) {
            if (!redeliveries.isSuspect(record.origin())) {
                unsuspected.add(record);
            }
        }
        for (Incoming record : records) {
            if (redeliveries.isSuspect(record.origin())) {
                judge(List.of(record));
            }
        }
        settle();
        if (calls.batch()) {
            judge(unsuspected);
        } else {
            for (Incoming record : unsuspected) {
                judge(List.of(record));
            }
        }
        settle();
        return records.stream().map(record -> decided.get(record.origin())).toList();
    }

    private void settle() throws RedeliverException {
        if (again != null) {
            throw new RedeliverException(again);
        }
    }

    private void judge(List<Incoming> part) throws RedeliverException {
        int before = failing;
        List<Item> items = decoded(part);
        // What can be decoded would be asked about in vain
        if (items.isEmpty() || failing > before) {
            return;
        }
        Answer answer = calls.ask(items);
        if (answer.failure() == null) {
            answer.outcomes().forEach(outcome -> decided.put(outcome.origin(), outcome));
            redeliveries.passed(part);
            return;
        }
        check(answer.failure());
        if (items.size() == 1) {
            failed(items.get(0).record(), answer.failure());
            return;
        }
        if (mayPass(answer.failure())) {
            witness(null, answer.failure());
        }
        List<Incoming> rest = items.stream().map(Item::record).toList();
        judge(rest.subList(0, rest.size() / 2));
        judge(rest.subList(rest.size() / 2, rest.size()));
    }

    private List<Item> decoded(List<Incoming> part) throws RedeliverException {
        List<Item> items = new ArrayList<>(part.size());
        for (Incoming record : part) {
            try {
                items.add(calls.decoded(record));
            } catch (Exception | Error e) {
                // As Camel does with what a step throws: a record that a format breaks down at must not stop the others
                check(e);
                failed(record, e);
            }
        }
        return items;
    }

    /** A record has failed alone. */
    private void failed(Incoming record, Throwable failure) throws RedeliverException {
        Origin origin = record.origin();
        if (mayPass(failure)) {
            witness(record, failure);
            if (counted.add(origin)) {
                redeliveries.failedAlone(origin);
            }
            if (redeliveries.left(origin)) {
                again = failure;
                failing++;
                if (failing >= ENOUGH) {
                    settle();
                }
                return;
            }
        }
        decided.put(origin, calls.deadLetter(record, failure));
    }

    /**
     * Asks about one record alone whether anything passes now; once.
     *
     * @param failed which is known to fail; {@code null} for none
     * @throws RedeliverException if nothing does, and some may be tried again
     */
    private void witness(Incoming failed, Throwable failure) throws RedeliverException {
        if (redeliveries.forEver()) {
            throw new RedeliverException(failure);
        }
        List<Incoming> others = new ArrayList<>(unsuspected);
        boolean suspect = failed != null && !others.remove(failed);
        if (witnessed || suspect || others.isEmpty() || redeliveries.never()) {
            return;
        }
        witnessed = true;
        if (passes(redeliveries.witness(others))) {
            return;
        }
        redeliveries.failedTogether(unsuspected);
        for (Incoming record : unsuspected) {
            counted.add(record.origin());
            if (redeliveries.left(record.origin())) {
                again = failure;
            }
        }
        settle();
    }

    /** Whether the record alone fails by nothing that may pass. */
    private boolean passes(Incoming record) {
        Throwable failure;
        try {
            failure = calls.ask(List.of(calls.decoded(record))).failure();
        } catch (OutcomesException e) {
            throw e;
        } catch (Exception | Error e) {
            failure = e;
        }
        if (failure == null) {
            redeliveries.passed(List.of(record));
            return true;
        }
        check(failure);
        return !mayPass(failure);
    }

    /** What fails while the route is being stopped may be no fault of a record. */
    private void check(Throwable failed) {
        if (stopping.getAsBoolean()) {
            throw new IllegalStateException("the route is being stopped", failed);
        }
    }

    /** Wrong data stays wrong, and so does a model that says so; what else fails may not fail the next time, a registry that refuses us too. */
    private static boolean mayPass(Throwable failed) {
        AiflowModelException model = ObjectHelper.getException(AiflowModelException.class, failed);
        return model != null
                ? model.isRetryable()
                : ObjectHelper.getException(ValidationException.class, failed) == null;
    }
}
