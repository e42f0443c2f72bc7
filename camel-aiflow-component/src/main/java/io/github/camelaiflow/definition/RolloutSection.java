package io.github.camelaiflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.definition.RolloutSettings.Canary;
import io.github.camelaiflow.definition.RolloutSettings.GuardrailSetting;
import io.github.camelaiflow.definition.RolloutSettings.Shadow;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads section {@code rollout}. */
final class RolloutSection {

    private static final double SUM_TOLERANCE = 1e-6;
    private static final List<String> GUARDRAILS =
            List.of("errors", "latency", "invalid", "scores", "agreement", "quality");

    private final Section section;
    private final Set<String> names;
    private final boolean more;

    private RolloutSection(Section section, Set<String> names, boolean more) {
        this.section = section;
        this.names = names;
        this.more = more;
    }

    /**
     * @param names versions and aliases the definition names
     * @param more whether there are more, known later only
     */
    static RolloutSettings read(Section section, Set<String> names, boolean more) {
        return new RolloutSection(section, names, more).read();
    }

    private RolloutSettings read() {
        String serve = serve();
        Map<String, Double> weights = weights(serve);
        Canary canary = section.has("canary") ? canary(section.child("canary"), serve) : null;
        Shadow shadow = shadow(serve);
        Double alpha = section.number("alpha");
        Map<String, GuardrailSetting> guardrails = guardrails();
        String salt = section.text("salt");
        section.done();
        if (alpha != null && !(alpha > 0 && alpha < 1)) {
            section.problem("alpha", "must be above 0 and below 1");
        }
        if (canary != null && !weights.isEmpty()) {
            section.problem("weights", "and canary exclude each other: a canary's share is that of its steps");
        }
        return new RolloutSettings(serve, weights, canary, shadow, alpha, guardrails, salt);
    }

    private String serve() {
        String serve = section.text("serve");
        if (serve != null) {
            check(section, "serve", serve);
        } else if (names.size() > 1 || more) {
            section.problem("serve", "is required with more than one model: one of " + names);
        }
        return serve == null && names.size() == 1 ? names.iterator().next() : serve;
    }

    private void check(Section where, String key, String version) {
        if (version != null && !names.contains(version) && !more) {
            where.problem(key, "must be one of the models " + names + ", was " + version);
        }
    }

    private Map<String, Double> weights(String serve) {
        Map<String, Double> weights = new LinkedHashMap<>();
        Section child = section.child("weights");
        double sum = 0;
        for (String version : child.names()) {
            Double weight = child.share(version);
            check(section, "weights", version);
            weights.put(version, weight == null ? 0 : weight);
            sum += weights.get(version);
        }
        if (!weights.isEmpty() && Math.abs(sum - 1) > SUM_TOLERANCE) {
            section.problem("weights", "must sum to 100%");
        }
        if (!weights.isEmpty() && !weights.containsKey(serve)) {
            section.problem("weights", "must give a share to " + serve + ", which serves and is compared with");
        }
        return weights;
    }

    private Canary canary(Section canary, String serve) {
        String model = canary.requiredText("model");
        check(canary, "model", model);
        List<Double> steps = canary.has("steps") ? canary.shares("steps") : List.of(0.01, 0.05, 0.1, 0.25, 0.5);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) >= 1 || i > 0 && steps.get(i) <= steps.get(i - 1)) {
                canary.problem("steps", "must rise and stay below 100%, which is promotion");
                break;
            }
        }
        if (steps.isEmpty()) {
            canary.problem("steps", "must name at least one share");
        }
        Canary read = new Canary(
                model,
                steps,
                canary.duration("stepTime"),
                canary.positive("stepRecords"),
                canary.duration("horizon"),
                canary.oneOf("onError", "serve", List.of("serve", "throw")),
                canary.oneOf("promote", "auto", List.of("auto", "hand")));
        canary.done();
        if (model != null && model.equals(serve)) {
            canary.problem("model", "must be another than the one that serves");
        }
        return read;
    }

    /** A list of versions, or an object with more to say. */
    private Shadow shadow(String serve) {
        JsonNode value = section.tree("shadow");
        if (value == null) {
            return null;
        }
        List<String> models;
        Double share = null;
        Long queueSize = null;
        if (value.isObject()) {
            Section child = section.child("shadow");
            models = child.texts("models");
            share = child.share("share");
            queueSize = child.positive("queueSize");
            child.done();
        } else {
            models = section.texts("shadow");
        }
        models.forEach(version -> check(section, "shadow", version));
        if (models.isEmpty() || models.contains(serve)) {
            section.problem("shadow", "must name versions other than the one that serves");
        }
        return new Shadow(List.copyOf(new LinkedHashSet<>(models)), share == null ? 1 : share, queueSize);
    }

    private Map<String, GuardrailSetting> guardrails() {
        Map<String, GuardrailSetting> guardrails = new LinkedHashMap<>();
        section.children("guardrails").forEach((name, child) -> {
            Double margin = child.number("margin");
            Double quantile = child.number("quantile");
            child.done();
            if (!GUARDRAILS.contains(name)) {
                section.problem("guardrails", "are " + String.join(", ", GUARDRAILS) + ", was " + name);
            }
            if (margin != null && margin < 0) {
                child.problem("margin", "must not be negative");
            }
            if (quantile != null && !(name.equals("latency") && quantile > 0 && quantile < 1)) {
                child.problem("quantile", "belongs to latency and must be above 0 and below 1");
            }
            guardrails.put(name, new GuardrailSetting(margin, quantile));
        });
        return guardrails;
    }
}
