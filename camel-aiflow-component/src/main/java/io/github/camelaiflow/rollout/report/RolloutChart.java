package io.github.camelaiflow.rollout.report;

import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.rollout.evidence.Judgement;
import io.github.camelaiflow.rollout.evidence.Judgement.Guarded;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Draws trials of canaries, one below the other on the same scale of time: above the canary's share and stage, below the evidence
 * for and against it as e-values on a logarithmic scale, with the line they must reach for a verdict. The same samples give the
 * same picture to the byte. Shows nothing of any record.
 */
public final class RolloutChart {

    private static final int WIDTH = 860;
    private static final int LEFT = 64;
    private static final int RIGHT = 700;
    private static final int TITLE = 40;
    private static final int SHARE = 80;
    private static final int GAP = 12;
    private static final int EVIDENCE = 130;
    private static final int TRIAL = TITLE + SHARE + GAP + EVIDENCE + 36;
    private static final double LEAST = -2;
    private static final double MOST = 4;
    /** Nearer points would lie on each other. */
    private static final double NEAR = 1.5;

    private final Svg svg;
    private final double minutes;

    private RolloutChart(Svg svg, double minutes) {
        this.svg = svg;
        this.minutes = minutes;
    }

    /**
     * Where a rollout stood.
     *
     * @param at time since the trial began
     */
    public record Sample(Duration at, RolloutStatus status) {}

    /**
     * A trial of a canary.
     *
     * @param title what it shows
     * @param samples in order of time; all of one rollout with a canary
     */
    public record Trial(String title, List<Sample> samples) {

        /** @throws IllegalArgumentException if there is no sample, or one is without a canary */
        public Trial {
            samples = List.copyOf(samples);
            if (samples.isEmpty()) {
                throw new IllegalArgumentException("a trial must have at least one sample");
            }
            if (samples.stream()
                    .anyMatch(sample ->
                            sample.status().canary() == null || sample.status().stage() == null)) {
                throw new IllegalArgumentException("each sample must be of a rollout with a canary that has begun");
            }
        }

        private Sample last() {
            return samples.get(samples.size() - 1);
        }
    }

    /** The picture as an SVG document, light or dark as the reader's system is. */
    public static String svg(List<Trial> trials) {
        double minutes = trials.stream()
                .mapToDouble(trial -> minutes(trial.last().at()))
                .max()
                .orElse(1);
        Svg svg = new Svg(WIDTH, 8 + TRIAL * trials.size(), "Share and evidence of canaries over time");
        RolloutChart chart = new RolloutChart(svg, Math.max(minutes, 0.1));
        for (int i = 0; i < trials.size(); i++) {
            chart.trial(trials.get(i), 8 + i * TRIAL);
        }
        return svg.end();
    }

    private static double minutes(Duration duration) {
        return duration.toMillis() / 60_000.0;
    }

    private double x(Sample sample) {
        return LEFT + (RIGHT - LEFT) * minutes(sample.at()) / minutes;
    }

    private void trial(Trial trial, double top) {
        svg.text("title", LEFT, top + 22, "start", trial.title());
        double shares = top + TITLE;
        double evidence = shares + SHARE + GAP;
        shares(trial, shares);
        evidence(trial, evidence);
        steps(trial, shares, evidence + EVIDENCE);
        time(evidence + EVIDENCE);
    }

    private void shares(Trial trial, double top) {
        double base = top + SHARE;
        svg.rect("panel", LEFT, top, RIGHT - LEFT, SHARE);
        StringBuilder path = new StringBuilder("M").append(point(LEFT, base));
        double y = base;
        for (Sample sample : trial.samples()) {
            double now = base - SHARE * sample.status().share();
            if (now != y) {
                path.append('L').append(point(x(sample), y)).append('L').append(point(x(sample), now));
                y = now;
            }
        }
        double end = x(trial.last());
        path.append('L')
                .append(point(end, y))
                .append('L')
                .append(point(end, base))
                .append('Z');
        svg.path("share", path);
        svg.text("", LEFT - 8, top + 10, "end", "100 %");
        svg.text("", LEFT - 8, base, "end", "0 %");
        svg.text("", RIGHT + 10, top + 14, "start", "share of the canary");
    }

    /** A mark where step or stage changed, with what it changed to. */
    private void steps(Trial trial, double top, double bottom) {
        RolloutStatus before = null;
        for (Sample sample : trial.samples()) {
            RolloutStatus now = sample.status();
            boolean other = before != null && now.stage() != before.stage();
            if (other || before == null || now.step() != before.step()) {
                svg.line("step", x(sample), top, x(sample), bottom);
                String said = other
                        ? now.stage().name().replace('_', ' ') + ", minute " + Math.round(minutes(sample.at()))
                        : percent(now.share());
                boolean late = x(sample) > (LEFT + RIGHT) / 2.0;
                svg.text(
                        other ? "end" : "",
                        x(sample) + (other && late ? -4 : 4),
                        top + (other ? 30 : 14),
                        other && late ? "end" : "start",
                        said);
            }
            before = now;
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g", share * 100).replaceAll("\\.?0+$", "") + " %";
    }

    private void evidence(Trial trial, double top) {
        svg.rect("panel", LEFT, top, RIGHT - LEFT, EVIDENCE);
        for (double power = LEAST; power <= MOST; power += 2) {
            double y = y(power, top);
            svg.line("grid", LEFT, y, RIGHT, y);
            svg.text("", LEFT - 8, y + 4, "end", power == 0 ? "1" : power < 0 ? "0.01" : power == 2 ? "100" : "10,000");
        }
        Judgement last = judgement(trial.last().status());
        double needed = y(Math.log10(last.needed()), top);
        svg.line("needed", LEFT, needed, RIGHT, needed);
        svg.text("", RIGHT + 10, needed + 4, "start", "needed for a verdict: " + Svg.n(last.needed()));
        svg.path("worse", curve(trial, top, true));
        svg.path("not", curve(trial, top, false));
        svg.text("worse-text", RIGHT + 10, top + EVIDENCE - 42, "start", "evidence that it is worse");
        svg.text("not-text", RIGHT + 10, top + EVIDENCE - 26, "start", "that it is not, of the");
        svg.text("not-text", RIGHT + 10, top + EVIDENCE - 12, "start", "guardrail with the least");
    }

    /** Ends with the trial: what comes later is no more evidence. */
    private String curve(Trial trial, double top, boolean worse) {
        StringBuilder path = new StringBuilder();
        double drawn = -NEAR;
        for (int i = 0; i < trial.samples().size(); i++) {
            Sample sample = trial.samples().get(i);
            boolean over = i > 0 && !open(trial.samples().get(i - 1).status());
            boolean turns = i == trial.samples().size() - 1 || !open(sample.status());
            if (!over && (turns || x(sample) - drawn >= NEAR)) {
                Judgement judgement = judgement(sample.status());
                double e = worse ? judgement.evidence() : notWorse(judgement);
                path.append(path.isEmpty() ? 'M' : 'L').append(point(x(sample), y(Math.log10(e), top)));
                drawn = x(sample);
            }
        }
        return path.toString();
    }

    private static boolean open(RolloutStatus status) {
        return switch (status.stage()) {
            case RUNNING, PAUSED, HELD -> true;
            case PROMOTED, ROLLED_BACK -> false;
        };
    }

    private static Judgement judgement(RolloutStatus status) {
        return status.judgements().get(status.canary());
    }

    /** A promotion waits for the guardrail with the least evidence. */
    private static double notWorse(Judgement judgement) {
        return judgement.guardrails().stream()
                .filter(guarded -> guarded.guardrail().required() || guarded.status() != Judgement.Status.NO_DATA)
                .mapToDouble(Guarded::notWorse)
                .min()
                .orElse(1);
    }

    /** What lies outside is drawn at the edge. */
    private static double y(double power, double top) {
        double within = Math.max(LEAST, Math.min(MOST, Double.isNaN(power) ? 0 : power));
        return top + EVIDENCE * (MOST - within) / (MOST - LEAST);
    }

    private void time(double y) {
        double every = minutes > 30 ? 10 : minutes > 6 ? 2 : Math.max(minutes / 4, 0.05);
        for (double minute = 0; minute <= minutes; minute += every) {
            double x = LEFT + (RIGHT - LEFT) * minute / minutes;
            svg.line("grid", x, y, x, y + 5);
            svg.text("", x, y + 18, "middle", Svg.n(minute));
        }
        svg.text("", RIGHT + 24, y + 18, "start", "minutes");
    }

    private static String point(double x, double y) {
        return Svg.n(x) + " " + Svg.n(y);
    }
}
