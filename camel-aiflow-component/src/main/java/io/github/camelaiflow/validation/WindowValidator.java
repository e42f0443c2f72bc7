package io.github.camelaiflow.validation;

import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.validation.expectations.BatchCheck;
import io.github.camelaiflow.validation.expectations.Finding;
import io.github.camelaiflow.validation.expectations.Memory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Judges the records of many calls by windows, in bounded memory: each expectation keeps a state per pane, and the states of a
 * window's panes are merged for its verdict. Thread-safe; verdicts are given one at a time, on the thread whose record completes
 * the window.
 *
 * <p>A window of time begins with its first record; while none come, none are judged. A clock that goes back makes a window
 * longer, never endless.
 */
public final class WindowValidator {

    private final RecordValidator validator;
    private final WindowSettings settings;
    private final ResultFormat format;
    private final InstantSource clock;
    private final Consumer<ValidationResult> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock verdicts = new ReentrantLock();
    private final Deque<Pane> complete = new ArrayDeque<>();
    private Pane filling;
    private long judged;
    private volatile ValidationResult last;

    /** Part of a window; nothing is added once it is complete. */
    private record Pane(Tally tally, BeanTally beans, Instant from) {}

    /** The panes of a complete window, oldest first. */
    private record Complete(List<Pane> panes, Instant to) {}

    /**
     * @param validator judges single records; stays the caller's, to be closed by it
     * @param settings how windows are cut
     * @param format how much results tell; unexpected values are kept up to {@link ResultFormat#SUMMARY}'s number at most
     * @param clock for windows of time and for what verdicts say of time
     * @param listener is told of each verdict
     * @throws SuiteException naming every expectation that cannot be judged in bounded memory
     */
    public WindowValidator(
            RecordValidator validator,
            WindowSettings settings,
            ResultFormat format,
            InstantSource clock,
            Consumer<ValidationResult> listener) {
        this.validator = Objects.requireNonNull(validator, "validator");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.format = Objects.requireNonNull(format, "format");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.listener = Objects.requireNonNull(listener, "listener");
        refuseUnbounded(validator.plan());
    }

    private static void refuseUnbounded(Plan plan) {
        List<String> problems = new ArrayList<>();
        for (int position : plan.batchPositions()) {
            String why = ((BatchCheck) plan.check(position)).notInWindows();
            if (why != null) {
                Expectation expectation = plan.expectation(position);
                problems.add(expectation.type() + " of " + expectation.column() + ": cannot be judged in a window, "
                        + why + "; use scope=batch, or a suite without it");
            }
        }
        if (!problems.isEmpty()) {
            throw new SuiteException(problems);
        }
    }

    /** Adds records in order, each to one pane; judges every window they complete. */
    public void add(Records records) {
        RecordJudge judge = validator.judge(Scope.WINDOW);
        Iterator<?> originals = records.originals().iterator();
        int index = 0;
        for (Map<String, Object> record : records.rows()) {
            Object original = originals.next();
            if (!records.unreadable().containsKey(index++)) {
                add(judge.judge(record, original));
            }
        }
    }

    private void add(Judgement judgement) {
        Complete before;
        Complete after;
        lock.lock();
        try {
            Instant now = clock.instant();
            before = settings.time() == null ? null : completeByTime(now);
            if (filling == null) {
                filling = pane(now);
            }
            Evaluation.count(judgement, filling.tally, filling.beans, reason -> {});
            boolean full = settings.time() == null && filling.tally.records() >= settings.paneRecords();
            after = full ? complete(now, now) : null;
        } finally {
            lock.unlock();
        }
        judge(before);
        judge(after);
    }

    /** Judges a window whose time is over though no record came since. */
    public void tick() {
        Complete over = null;
        lock.lock();
        try {
            over = settings.time() == null ? null : completeByTime(clock.instant());
        } finally {
            lock.unlock();
        }
        judge(over);
    }

    private Pane pane(Instant now) {
        Memory memory = new Memory(settings.expectedPaneRecords(), settings.panes());
        int kept = Math.min(format.unexpectedKept(), ResultFormat.PARTIAL);
        return new Pane(new Tally(validator.plan(), kept, memory), new BeanTally(kept), now);
    }

    private Complete completeByTime(Instant now) {
        if (filling == null || now.isBefore(filling.from.plus(settings.paneTime()))) {
            return null;
        }
        Instant end = filling.from.plus(settings.paneTime());
        Complete window = complete(end, end);
        long idle = java.time.Duration.between(end, now).dividedBy(settings.paneTime());
        if (idle > 0) {
            complete.clear();
            filling = null;
        }
        return window;
    }

    /** Ends the pane being filled; the window it completes, or {@code null} while there are too few panes for one. */
    private Complete complete(Instant end, Instant next) {
        complete.addLast(filling);
        filling = settings.time() == null ? null : pane(next);
        if (complete.size() < settings.panes()) {
            return null;
        }
        Complete window = new Complete(List.copyOf(complete), end);
        complete.removeFirst();
        return window;
    }

    private void judge(Complete window) {
        if (window == null) {
            return;
        }
        verdicts.lock();
        try {
            ValidationResult result = result(window);
            last = result;
            listener.accept(result);
        } finally {
            verdicts.unlock();
        }
    }

    private ValidationResult result(Complete window) {
        Plan plan = validator.plan();
        Pane first = window.panes.get(0);
        Pane whole = first;
        if (window.panes.size() > 1) {
            whole = pane(first.from);
            for (Pane pane : window.panes) {
                int offset = whole.tally.records();
                whole.tally.merge(pane.tally);
                whole.beans.merge(pane.beans, offset);
            }
        }
        Map<Integer, Finding> findings = Evaluation.findings(whole.tally);
        List<ExpectationResult> results = new ArrayList<>(plan.size());
        for (int position = 0; position < plan.size(); position++) {
            Finding finding = findings.get(position);
            results.add(finding == null ? whole.tally.row(position) : whole.tally.batch(position, finding));
        }
        Boolean valid = Evaluation.verdict(plan, whole.tally, results, whole.beans);
        results.addAll(whole.beans.results());
        return new ValidationResult(
                validator.suite(),
                whole.tally.records(),
                valid,
                results,
                validator.notEvaluated(Scope.WINDOW),
                List.of(),
                List.of(),
                new ValidationWindow(++judged, first.from, window.to, window.panes.size()),
                format,
                false);
    }

    /** The last window's verdict; empty before the first. */
    public Optional<ValidationResult> last() {
        return Optional.ofNullable(last);
    }
}
