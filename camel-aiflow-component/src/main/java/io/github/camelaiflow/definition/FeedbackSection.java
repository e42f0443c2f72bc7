package io.github.camelaiflow.definition;

import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.definition.FeedbackSettings.Baseline;
import java.time.Duration;
import java.util.List;

/** Reads section {@code feedback}. */
final class FeedbackSection {

    private static final List<String> DETECTORS = List.of("e-sr", "e-cusum", "adwin", "ddm", "page-hinkley");

    private final Section section;

    private FeedbackSection(Section section) {
        this.section = section;
    }

    static FeedbackSettings read(Section section, boolean present, Schema schema) {
        return new FeedbackSection(section).read(present, schema);
    }

    /** A share, not an age, is said in percent. */
    private boolean learnt() {
        String matured = section.has("matured") ? section.text("matured") : null;
        return matured != null && matured.endsWith("%");
    }

    private FeedbackSettings read(boolean present, Schema schema) {
        boolean learnt = learnt();
        FeedbackSettings settings = new FeedbackSettings(
                present,
                section.has("truth") ? section.text("truth") : FeedbackSettings.NONE.truth(),
                section.text("positive"),
                section.duration("timeLimit"),
                learnt ? null : section.duration("matured"),
                learnt ? section.share("matured") : null,
                section.share("minSelection"),
                section.window("window"),
                DriftSection.segment(section, schema),
                section.oneOf("loss", null, List.of("error", "brier", "log", "absolute")),
                section.number("maxError"),
                baseline(section.child("baseline")),
                section.number("margin"),
                section.number("alpha"),
                section.oneOf("onHarm", null, List.of("report", "retrain", "rollback")),
                section.oneOf("detector", null, DETECTORS),
                section.positive("falseAlarms"),
                section.oneOf("estimate", null, List.of("cbpe", "weighted")));
        section.done();
        check(settings);
        return settings;
    }

    private void check(FeedbackSettings settings) {
        Duration timeLimit = settings.timeLimit() == null ? FeedbackSettings.TIME_LIMIT : settings.timeLimit();
        if (settings.matured() != null && settings.matured().compareTo(timeLimit) > 0) {
            section.problem(
                    "matured",
                    "must not be longer than timeLimit, which is " + timeLimit.toDays() + " days if not said");
        }
        if (settings.maturedShare() != null && settings.maturedShare() >= 1) {
            section.problem("matured", "must be below 100%: nobody knows when the last label has come");
        }
        if (settings.window() != null && settings.window().duration() != null) {
            section.problem("window", "must be a number of labels, such as 1000");
        }
        if (settings.margin() != null && !(settings.margin() > 0 && settings.margin() < 1)) {
            section.problem("margin", "must be above 0 and below 1");
        }
        if (settings.alpha() != null && !(settings.alpha() > 0 && settings.alpha() < 1)) {
            section.problem("alpha", "must be above 0 and below 1");
        }
        if ("absolute".equals(settings.loss()) != (settings.maxError() != null)) {
            section.problem("maxError", "is required with loss: absolute, and goes with it only");
        }
        if (settings.maxError() != null && !(settings.maxError() > 0)) {
            section.problem("maxError", "must be above 0");
        }
        if ("absolute".equals(settings.loss()) && settings.baseline().reference() != null) {
            section.problem("baseline.reference", "is for labels; with loss: absolute give baseline.loss or labels");
        }
        if (settings.estimate() != null && settings.baseline().reference() == null) {
            section.problem("estimate", "needs baseline.reference: records with score and truth");
        }
        if (settings.falseAlarms() != null && settings.detector() == null) {
            section.problem("falseAlarms", "goes with detector");
        }
    }

    private static Baseline baseline(Section section) {
        Baseline baseline = new Baseline(
                section.number("loss"),
                section.positive("labels"),
                section.text("reference"),
                section.text("label"),
                section.text("score"),
                section.text("truth"));
        section.done();
        int sources = (baseline.loss() == null ? 0 : 1)
                + (baseline.labels() == null ? 0 : 1)
                + (baseline.reference() == null ? 0 : 1);
        if (sources > 1) {
            section.problem(
                    "loss", "and labels and reference exclude each other: one of them says how good the model was");
        }
        boolean columns = baseline.score() != null && baseline.truth() != null;
        boolean anyColumn = baseline.score() != null || baseline.truth() != null || baseline.label() != null;
        if (baseline.reference() != null && !columns || baseline.reference() == null && anyColumn) {
            section.problem("reference", "goes with score and truth, the names of its columns");
        }
        if (baseline.loss() != null && !(baseline.loss() >= 0 && baseline.loss() <= 1)) {
            section.problem("loss", "must be from 0 to 1");
        }
        return baseline;
    }
}
