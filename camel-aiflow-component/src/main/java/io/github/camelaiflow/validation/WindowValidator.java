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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Judges the records of many calls by windows, in bounded memory: each expectation keeps a state per pane, and the states of a
 * window's panes are merged for its verdict. Thread-safe; verdicts are given one at a time, on the thread whose record completes
 * the window.
 *
 * <p>A window of time begins with its first record; while none come, none are judged. A clock that goes back makes a window
 * longer, by its length at most.
 */
public final class WindowValidator {

    private final RecordValidator validator;
    private final WindowSettings settings;
    private final ResultFormat format;
    private final InstantSource clock;
    private final Consumer<ValidationResult> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock verdicts = new ReentrantLock();
    private final Deque<Pane> panes = new ArrayDeque<>();
    private final Queue<Complete> waiting = new ConcurrentLinkedQueue<>();
    private Pane filling;
    private long judged;
    private volatile ValidationResult last;

    /** Part of a window; nothing is added once it is complete. */
    private record Pane(Tally tally, BeanTally beans, TableProfiler profiler, Instant from) {}

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
        lock.lock();
        try {
            Instant now = clock.instant();
            endByTime(now);
            if (filling == null) {
                filling = pane(now);
            }
            Evaluation.count(judgement, filling.tally, filling.beans, reason -> {});
            if (filling.profiler != null) {
                filling.profiler.add(judgement.record());
            }
            if (settings.time() == null && filling.tally.records() >= settings.paneRecords()) {
                end(now);
                filling = null;
            }
        } finally {
            lock.unlock();
        }
        judgeWaiting();
    }

    /** Judges windows of time that are over though no record came since. */
    public void tick() {
        lock.lock();
        try {
            endByTime(clock.instant());
        } finally {
            lock.unlock();
        }
        judgeWaiting();
    }

    private Pane pane(Instant now) {
        Memory memory = new Memory(settings.expectedPaneRecords(), settings.panes());
        int kept = Math.min(format.unexpectedKept(), ResultFormat.PARTIAL);
        return new Pane(
                new Tally(validator.plan(), kept, memory), new BeanTally(kept), profiler(settings.panes()), now);
    }

    private TableProfiler profiler(int panes) {
        return settings.profile() ? new TableProfiler(validator.columns(), panes) : null;
    }

    /** Ends the panes of time that are over by now. Panes without records slide on until the window has none. */
    private void endByTime(Instant now) {
        if (filling != null && now.isBefore(filling.from)) {
            filling = new Pane(filling.tally, filling.beans, filling.profiler, now);
        }
        while (settings.time() != null && filling != null && !now.isBefore(filling.from.plus(settings.paneTime()))) {
            Instant end = filling.from.plus(settings.paneTime());
            end(end);
            boolean idle = panes.stream().allMatch(pane -> pane.tally.records() == 0);
            if (idle) {
                panes.clear();
            }
            filling = idle ? null : pane(end);
        }
    }

    /** Ends the pane being filled; the window it completes waits to be judged, if there are panes enough and a record in them. */
    private void end(Instant end) {
        panes.addLast(filling);
        if (panes.size() == settings.panes()) {
            if (panes.stream().anyMatch(pane -> pane.tally.records() > 0)) {
                waiting.add(new Complete(List.copyOf(panes), end));
            }
            panes.removeFirst();
        }
    }

    /** In the order the windows were completed, whoever completed them. */
    private void judgeWaiting() {
        if (waiting.isEmpty()) {
            return;
        }
        verdicts.lock();
        try {
            for (Complete window = waiting.poll(); window != null; window = waiting.poll()) {
                ValidationResult result = result(window);
                last = result;
                listener.accept(result);
            }
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
        TableProfiler profiler = profiler(window);
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
                profiler == null ? List.of() : profiler.profiles(),
                clock.instant(),
                format,
                false);
    }

    /** The profiler of all panes: the only one's, or one with room enough to take them all; {@code null} without profiles. */
    private TableProfiler profiler(Complete window) {
        if (!settings.profile() || window.panes.size() == 1) {
            return window.panes.get(0).profiler;
        }
        TableProfiler whole = profiler(1);
        window.panes.forEach(pane -> whole.merge(pane.profiler));
        return whole;
    }

    /** The last window's verdict; before the first, one that says nothing could be judged. */
    public ValidationResult last() {
        ValidationResult known = last;
        return known != null
                ? known
                : new ValidationResult(
                        validator.suite(),
                        0,
                        null,
                        List.of(),
                        validator.notEvaluated(Scope.WINDOW),
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        clock.instant(),
                        format,
                        false);
    }

    /** Whether windows are times, which end without a record. */
    public boolean timed() {
        return settings.time() != null;
    }
}
