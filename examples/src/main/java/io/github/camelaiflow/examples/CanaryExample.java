package io.github.camelaiflow.examples;

import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.files.ModelCards;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.files.VersionLoader;
import io.github.camelaiflow.rollout.Assignment;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutPlan;
import io.github.camelaiflow.rollout.evidence.Guardrail;
import io.github.camelaiflow.rollout.evidence.Guardrail.Kind;
import io.github.camelaiflow.rollout.evidence.Observation;
import io.github.camelaiflow.rollout.report.RolloutChart;
import io.github.camelaiflow.rollout.report.RolloutChart.Sample;
import io.github.camelaiflow.rollout.report.RolloutChart.Trial;
import io.github.camelaiflow.store.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two canaries on the insurance case, an hour each, in a few seconds of virtual time: v2, not much worse than v1, and v3, whose
 * scaling was forgotten. No Camel: models and rollout are plain Java. docs/canary.md tells what happens.
 */
public final class CanaryExample {

    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final Duration HORIZON = Duration.ofHours(1);
    private static final int CLAIMS_PER_TICK = 100;
    /** An adjuster looks at a claim, and knows. */
    private static final Duration TRUTH_AFTER = Duration.ofMinutes(5);

    private final String canary;
    private final Map<String, Model> models;
    private final ClaimGenerator claims = new ClaimGenerator(Plan.clean(7));
    private final AtomicInteger ids = new AtomicInteger();
    private final Deque<Truth> truths = new ArrayDeque<>();
    private final Instant start = claims.submittedAt(0);
    private Instant now = start;
    private int answered;

    private record Truth(Instant known, String version, boolean wrong) {}

    private CanaryExample(String canary, Map<String, Model> models) {
        this.canary = canary;
        this.models = models;
    }

    /** @param arguments where to write the picture, an SVG file; nothing for none */
    public static void main(String[] arguments) throws IOException {
        List<Trial> trials = List.of(
                trial("v2", "v2, a simpler model: up to 8 points more wrong answers are accepted"),
                trial("v3", "v3, the same exported without its scaling"));
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), RolloutChart.svg(trials));
        }
    }

    private static Trial trial(String canary, String title) throws IOException {
        try (Model v1 = load("claims-v1.tribuo");
                Model other = load("claims-" + canary + ".onnx")) {
            return new Trial(title, new CanaryExample(canary, Map.of("v1", v1, canary, other)).run());
        }
    }

    /** As a flow loads it: digest, format, golden records. */
    private static Model load(String file) throws IOException {
        byte[] card = read(file + ModelCards.SUFFIX);
        LoadedModel loaded = new VersionLoader(new ModelLoader())
                .load(
                        ModelSpec.of(file).withMissingAllowed(Set.of("witness_age")),
                        ModelCards.read(file, card),
                        null,
                        read(file));
        return loaded.model();
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = CanaryExample.class.getResourceAsStream("/aiflow/models/" + file)) {
            return in.readAllBytes();
        }
    }

    /** What the definition in docs/canary.md says. */
    private RolloutPlan plan() {
        RolloutPlan.Canary trial =
                new RolloutPlan.Canary(canary, List.of(0.01, 0.05, 0.10, 0.25, 0.50), STEP, 20, HORIZON, true);
        List<Guardrail> guardrails =
                List.of(Guardrail.of(Kind.ERRORS), Guardrail.of(Kind.INVALID), new Guardrail(Kind.QUALITY, 0.08, 0.95));
        String identity = Sha256.of(canary.getBytes(StandardCharsets.UTF_8));
        return new RolloutPlan("claims", identity, "claims", "v1", Map.of(), trial, List.of(), 0, guardrails, 0.05);
    }

    private List<Sample> run() {
        List<Sample> samples = new ArrayList<>();
        try (Rollout rollout = new Rollout(
                plan(),
                new MemoryStore(() -> now),
                () -> now,
                "node-1",
                () -> "id-" + ids.incrementAndGet(),
                this::tell)) {
            for (int tick = 0; Duration.between(start, now).compareTo(HORIZON) <= 0; tick++) {
                for (int i = 0; i < CLAIMS_PER_TICK; i++) {
                    decide(rollout, claims.claim((long) tick * CLAIMS_PER_TICK + i));
                }
                label(rollout);
                rollout.tick();
                samples.add(new Sample(Duration.between(start, now), rollout.status()));
                now = now.plus(TICK);
            }
        }
        return samples;
    }

    /** What the infer step does with a record. */
    private void decide(Rollout rollout, Claim claim) {
        Assignment assignment = rollout.assign(claim.id());
        Outcome outcome = models.get(assignment.version())
                .predict(new ModelInput.Rows(List.of(claim.fields())))
                .get(0);
        boolean invalid = outcome.error() != null;
        String label = invalid ? null : outcome.output().label();
        double score = invalid ? Double.NaN : outcome.output().score();
        // time is virtual here, so latency is not known
        rollout.answered(assignment, claim.id(), new Observation(false, invalid, Double.NaN, score, label));
        boolean wrong = !claim.truth().label().equals(label);
        truths.add(new Truth(now.plus(TRUTH_AFTER), assignment.version(), wrong));
        answered += assignment.version().equals(canary) ? 1 : 0;
    }

    /** What {@code aiflow:rollout} with action {@code label} does with a label that came. */
    private void label(Rollout rollout) {
        while (!truths.isEmpty() && !truths.peek().known().isAfter(now)) {
            Truth truth = truths.remove();
            rollout.labelled(truth.version(), truth.wrong() ? 1 : 0);
        }
    }

    private void tell(RolloutDecision decision) {
        System.out.println(String.format(
                Locale.ROOT,
                "minute %5.1f  %-9s %s %3.0f %%  by %s after %,d answers of %s: %s",
                Duration.between(start, now).toMillis() / 60_000.0,
                decision.action(),
                decision.version(),
                decision.share() * 100,
                decision.actor(),
                answered,
                decision.version(),
                decision.reason()));
    }
}
