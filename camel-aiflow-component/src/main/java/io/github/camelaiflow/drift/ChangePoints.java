package io.github.camelaiflow.drift;

import io.github.camelaiflow.drift.profile.FieldSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Estimates since when a segment's drifted fields differ, from the window's records in their order and what is left of the
 * panes before: the last {@value #PANES} panes in {@value #BINS} bins a field. Used by one evaluation at a time; {@link #summaries} by
 * any thread.
 */
final class ChangePoints {

    static final int PANES = 64;

    private static final int BINS = 8;

    private final List<Bins> bins;
    private final Deque<PaneSummary> older = new ArrayDeque<>();
    private volatile List<PaneSummary> summaries = List.of();

    /** @param references of each field */
    ChangePoints(List<FieldSample> references) {
        bins = references.stream().map(sample -> Bins.likely(sample, BINS)).toList();
    }

    /** What there is of panes before now, oldest first. */
    List<PaneSummary> summaries() {
        return summaries;
    }

    /** Goes on from what another had; summaries that do not fit are left out. */
    void resume(List<PaneSummary> past) {
        past.stream().filter(this::fits).forEach(older::addLast);
        summaries = List.copyOf(older);
    }

    private boolean fits(PaneSummary summary) {
        boolean fits = summary.counts().size() == bins.size();
        for (int i = 0; fits && i < bins.size(); i++) {
            fits = summary.counts().get(i).length == bins.get(i).size();
        }
        return fits;
    }

    /** Estimates for the window's drifted fields; the window's panes are kept for later ones. */
    List<FieldDrift> estimate(Window window, List<FieldDrift> fields) {
        learn(window);
        List<FieldDrift> estimated = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            FieldDrift field = fields.get(i);
            estimated.add(field.drifted() ? field.since(split(window, i)) : field);
        }
        return estimated;
    }

    private void learn(Window window) {
        for (Pane pane : window.panes()) {
            if (pane.records() > 0 && (older.isEmpty() || older.getLast().first() < pane.first())) {
                older.addLast(summary(pane));
                if (older.size() > PANES) {
                    older.removeFirst();
                }
            }
        }
        summaries = List.copyOf(older);
    }

    private PaneSummary summary(Pane pane) {
        List<int[]> counts = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            counts.add(bins.get(i).count(pane.columns().get(i), pane.size()));
        }
        return new PaneSummary(pane.first(), pane.records(), pane.from(), counts);
    }

    private ChangePoint split(Window window, int field) {
        Split split = new Split(bins.get(field).reference(), totals(field));
        long end = window.newest().first() + window.newest().records();
        ChangePoint best = null;
        List<Pane> panes = window.panes();
        for (int i = panes.size() - 1; i >= 0; i--) {
            if (panes.get(i).records() > 0) {
                best = split(split, panes.get(i), field, end, best);
            }
        }
        for (Iterator<PaneSummary> past = older.descendingIterator(); past.hasNext(); ) {
            PaneSummary pane = past.next();
            boolean inWindow = panes.stream().anyMatch(other -> other.first() == pane.first() && other.records() > 0);
            if (!inWindow && split.take(pane.counts().get(field))) {
                best = new ChangePoint(pane.from(), end - pane.first());
            }
        }
        return best;
    }

    /** Record by record if all are kept in order; else the pane as a whole. */
    private ChangePoint split(Split split, Pane pane, int field, long end, ChangePoint sofar) {
        Column<?> column = pane.columns().get(field);
        if (pane.size() < pane.records()) {
            boolean better = split.take(bins.get(field).count(column, pane.size()));
            return better ? new ChangePoint(pane.from(), end - pane.first()) : sofar;
        }
        int best = -1;
        for (int place = pane.size() - 1; place >= 0; place--) {
            if (split.take(bins.get(field).of(column, place))) {
                best = place;
            }
        }
        return best < 0 ? sofar : new ChangePoint(time(pane, best), end - pane.first() - best);
    }

    private static Instant time(Pane pane, int place) {
        Duration length = Duration.between(pane.from(), pane.to());
        if (length.isNegative()) {
            return pane.from();
        }
        double seconds = (length.getSeconds() + length.getNano() / 1e9) * place / pane.records();
        long whole = (long) seconds;
        return pane.from().plusSeconds(whole).plusNanos((long) ((seconds - whole) * 1e9));
    }

    private long[] totals(int field) {
        long[] totals = new long[bins.get(field).size()];
        for (PaneSummary pane : older) {
            int[] counts = pane.counts().get(field);
            for (int i = 0; i < totals.length; i++) {
                totals[i] += counts[i];
            }
        }
        return totals;
    }
}
