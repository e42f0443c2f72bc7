package io.github.camelaiflow.app;

import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.feedback.quality.Metric;
import io.github.camelaiflow.feedback.quality.VersionQuality;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutDecision.Action;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tells the console what becomes of the demo's claims. Used by one thread. */
@ApplicationScoped
class DemoPrinter {

    private static final String FLOW = "claims";
    private static final long DRIFT_LOOK_NANOS = 100_000_000;
    private static final long DRIFT_SETTLED_NANOS = 700_000_000;

    private final DemoConsole console = DemoConsole.standard();
    private long everyNanos;
    private long lastLineNanos;
    private int lastBack;
    private DriftView drift;
    private long driftLookNanos;
    private long driftChangeNanos;
    private String driftedAt = "";

    void begin(DemoOptions options) {
        everyNanos = options.every().toNanos();
        drift = DriftView.of(FLOW);
        console.line("");
        console.bold(text(
                "Demo: %,d generated claims (seed %d, 3 %% bad records, planted fraud, drift planted from claim %,d) go"
                        + " through the claims route, %,d a second",
                options.claims(), options.seed(), options.driftFrom(), options.rate()));
    }

    /** Prints a line if it is time for one, and the drift verdict whenever it turns. */
    void progress(DemoSummary summary, long nanos) {
        if (nanos - driftLookNanos >= DRIFT_LOOK_NANOS) {
            lookAtDrift(summary, nanos);
        }
        if (nanos - lastLineNanos >= everyNanos) {
            line(summary, nanos);
        }
    }

    /** Prints what was decided on a version on trial. */
    void decided(DemoSummary summary, List<RolloutDecision> decisions) {
        decisions.forEach(decision -> console.bold(text(
                "   >> canary: %s %s after %,d claims%s",
                decision.version(), WORDS.get(decision.action()), summary.sent(), more(summary, decision))));
    }

    private static final Map<Action, String> WORDS = Map.of(
            Action.START, "starts",
            Action.ADVANCE, "gets more",
            Action.PROMOTE, "is PROMOTED",
            Action.ROLL_BACK, "is ROLLED BACK",
            Action.PAUSE, "is paused",
            Action.RESUME, "goes on",
            Action.HOLD, "is held");

    private static String more(DemoSummary summary, RolloutDecision decision) {
        int answered = summary.versions().getOrDefault(decision.version(), 0);
        return switch (decision.action()) {
            case START, ADVANCE -> text(", with %.0f %% of them from now on", decision.share() * 100);
            case ROLL_BACK, PROMOTE, HOLD -> text(", of which it answered %,d: %s", answered, decision.reason());
            default -> "";
        };
    }

    private void lookAtDrift(DemoSummary summary, long nanos) {
        DriftView now = DriftView.of(FLOW);
        driftLookNanos = nanos;
        if (now.evaluations() != drift.evaluations()) {
            driftChangeNanos = nanos;
        }
        if (now.verdict() != null && !now.verdict().equals(drift.verdict())) {
            if ("DRIFTED".equals(now.verdict())) {
                driftedAt = text("%,d", summary.sent());
            }
            console.bold(text(
                    "   >> drift: %s -> %s after %,d claims%s",
                    drift.verdict(), now.verdict(), summary.sent(), moved(now)));
        }
        drift = now;
    }

    private static String moved(DriftView view) {
        return view.moved().isEmpty() ? "" : ": " + String.join(", ", view.moved());
    }

    private void line(DemoSummary summary, long nanos) {
        int back = summary.decided() + summary.dead();
        double perSecond = (back - lastBack) * 1e9 / (nanos - lastLineNanos);
        console.line(text(
                "%4.0f s %,7d claims %,6.0f/s | %,6d genuine %,4d fraud (precision %s, recall %s) | %s | dead %,d%s | %s",
                nanos / 1e9,
                back,
                perSecond,
                summary.labels().getOrDefault(Claim.GENUINE, 0),
                summary.labels().getOrDefault(Claim.FRAUD, 0),
                percent(summary.precision()),
                percent(summary.recall()),
                counts(summary.servedBy()),
                summary.dead(),
                summary.dead() == 0 ? "" : ": " + counts(summary.reasons()),
                drift.verdict()));
        lastLineNanos = nanos;
        lastBack = back;
    }

    /** Whether no window is being compared any more, as far as can be seen. */
    boolean driftSettled() {
        return driftLookNanos - driftChangeNanos > DRIFT_SETTLED_NANOS;
    }

    /**
     * @param canary what was decided last on a version on trial; {@code null} where there is none
     * @param quality of the version that serves
     */
    void end(
            DemoSummary summary,
            DemoOptions options,
            RolloutDecision canary,
            Optional<VersionQuality> quality,
            long nanos) {
        boolean nothingLost = summary.open() == 0;
        console.line("");
        console.bold(text(
                "%,d claims in = %,d decisions + %,d dead letters%s: %s, after %.1f s",
                summary.sent(),
                summary.decided(),
                summary.dead(),
                nothingLost ? "" : text(" + %,d missing", summary.open()),
                nothingLost ? "nothing is lost" : "NOT ALL CAME BACK",
                nanos / 1e9));
        console.line(text(
                "  decisions     %s; of the planted fraud %s was found, %s of what was called fraud is; served by %s",
                counts(summary.labels()),
                percent(summary.recall()),
                percent(summary.precision()),
                counts(summary.servedBy())));
        console.line(text(
                "  dead letters  %s%s",
                counts(summary.reasons()),
                summary.fields().isEmpty() ? "" : "; wrong fields: " + counts(summary.fields())));
        if (summary.twice() > 0) {
            console.line(text("  delivered twice  %,d", summary.twice()));
        }
        console.line(text(
                "  drift         %s%s after %,d windows%s",
                drift.verdict(),
                driftedAt.isEmpty() ? "" : text(" since claim %s (planted from %,d)", driftedAt, options.driftFrom()),
                drift.evaluations(),
                drift.dropped() == 0 ? "" : text(", %,d skipped", drift.dropped())));
        quality.ifPresent(this::quality);
        if (canary != null) {
            console.line(text(
                    "  canary        %s %s; of %s's %,d answers %s were wrong, of all others %s",
                    canary.version(),
                    canary.stage(),
                    canary.version(),
                    summary.versions().getOrDefault(canary.version(), 0),
                    percent(wrong(summary, canary.version(), true)),
                    percent(wrong(summary, canary.version(), false))));
        }
        hints(canary != null);
    }

    /** What the labels that came back say, not what the generator knows. */
    private void quality(VersionQuality version) {
        version.all().raw().metrics().stream()
                .filter(metric -> metric.kind() == Metric.Kind.ACCURACY)
                .findAny()
                .ifPresent(accuracy -> console.line(text(
                        "  quality       %,d labels joined to %s's answers: %.1f %% wrong (between %.1f and %.1f %%), harm: %s",
                        accuracy.count(),
                        version.version(),
                        (1 - accuracy.value()) * 100,
                        (1 - accuracy.upper()) * 100,
                        (1 - accuracy.lower()) * 100,
                        version.harm().status())));
    }

    /** The share of wrong answers of that version, or of all others. */
    private static double wrong(DemoSummary summary, String version, boolean its) {
        return (double) sum(summary.wrong(), version, its) / sum(summary.versions(), version, its);
    }

    private static int sum(Map<String, Integer> counts, String version, boolean its) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().equals(version) == its)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void hints(boolean canary) {
        String http = "http://localhost:" + property("quarkus.http.port", "8080");
        console.line("");
        console.line("The app stays up; Ctrl+C ends it. Decide a claim of your own:");
        console.line("  curl -s " + http + "/claims -H 'Content-Type: application/json' -d '" + EXAMPLE + "'");
        console.line("  API " + http + "/openapi   metrics " + http + "/q/metrics   health " + http + "/q/health"
                + "   JMX http://127.0.0.1:" + property("quarkus.camel.jolokia.server.port", "8778") + "/jolokia");
        console.line("  dead letters, and why: " + http + "/claims/dead-letters");
        if (canary) {
            console.line(
                    "  what was decided on the canary, and by which evidence: " + http + "/rollout/claims/decisions");
        }
        console.line("");
    }

    private static final String EXAMPLE =
            "{\"claim_id\":\"C-2\",\"claim_type\":\"theft\",\"region\":\"west\",\"claim_amount\":14000,"
                    + "\"vehicle_value\":9000,\"vehicle_age\":18,\"incident_hour\":3,\"days_since_policy_start\":9,"
                    + "\"witnesses\":0,\"police_report\":false,\"customer_age\":29,\"past_claims\":5}";

    private static String property(String name, String otherwise) {
        return ConfigProvider.getConfig().getOptionalValue(name, String.class).orElse(otherwise);
    }

    /** Most frequent first. */
    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> text("%s %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : text("%.0f %%", share * 100);
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
