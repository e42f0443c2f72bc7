package io.github.camelaiflow.rollout.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelaiflow.statistics.ArmDifference;
import io.github.camelaiflow.statistics.BoundedMean;
import io.github.camelaiflow.statistics.SampleRatio;
import java.util.ArrayList;
import java.util.List;

/** A state as JSON: counts as lists of numbers, what is zero left out. Strict in reading, as a store may hold anything. */
final class StateJson {

    private static final int VERSION = 1;
    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_CELLS = 1000;
    private static final long MAX_COUNT = 1L << 53;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(10)
                        .maxStringLength(100)
                        .maxNumberLength(50)
                        .build());
    }

    private StateJson() {}

    static String write(EvidenceState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("v", VERSION);
        ArrayNode ratio = json.putArray("ratio");
        state.ratio()
                .cells()
                .forEach(cell ->
                        ratio.addArray().add(cell.share()).add(cell.arm()).add(cell.others()));
        ArrayNode guardrails = json.putArray("guardrails");
        state.findings().forEach(found -> write(guardrails.addObject(), found));
        return json.toString();
    }

    private static void write(ObjectNode json, Findings found) {
        json.put("kind", found.guardrail().kind().word());
        json.put("margin", found.guardrail().margin());
        json.put("quantile", found.guardrail().quantile());
        json.put("required", found.guardrail().required());
        ArrayNode differences = json.putArray("differences");
        found.differences().forEach(difference -> write(differences.addObject(), difference));
        write(json.putObject("mean"), found.mean());
        for (String arm : List.of("control", "treatment")) {
            ObjectNode of = json.putObject(arm);
            Losses losses = found.losses(arm.equals("treatment"));
            if (losses.count() > 0) {
                of.putArray("losses").add(losses.count()).add(losses.sum());
            }
            ArrayNode millis = of.putArray("millis");
            found.millis(arm.equals("treatment"))
                    .bins()
                    .forEach((bin, count) -> millis.addArray().add(bin).add(count));
        }
    }

    private static void write(ObjectNode json, ArmDifference difference) {
        ArrayNode cells = json.putArray("cells");
        difference.cells().forEach(cell -> cells.addArray()
                .add(cell.share())
                .add(cell.centre())
                .add(cell.treatmentEvents())
                .add(cell.treatmentOthers())
                .add(cell.controlEvents())
                .add(cell.controlOthers()));
        ArmDifference.Pairs pairs = difference.pairs();
        json.putArray("pairs")
                .add(pairs.treatmentOnly())
                .add(pairs.controlOnly())
                .add(pairs.both())
                .add(pairs.neither());
    }

    private static void write(ObjectNode json, BoundedMean mean) {
        if (mean.count() > 0) {
            json.put("count", mean.count());
            json.put("sum", mean.sum());
            ArrayNode above = json.putArray("above");
            ArrayNode below = json.putArray("below");
            for (double log : mean.above()) {
                above.add(log);
            }
            for (double log : mean.below()) {
                below.add(log);
            }
        }
    }

    static EvidenceState read(String json) {
        if (json.length() > MAX_LENGTH) {
            throw wrong("is too long");
        }
        try {
            JsonNode root = MAPPER.readTree(json);
            if (number(root, "v", VERSION, VERSION) != VERSION) {
                throw wrong("has an unknown version");
            }
            SampleRatio ratio = new SampleRatio();
            for (JsonNode cell : list(root, "ratio", Evidence.MAX_SHARES)) {
                ratio.add(true, real(cell.path(0)), count(cell.path(1)));
                ratio.add(false, real(cell.path(0)), count(cell.path(2)));
            }
            List<Findings> findings = new ArrayList<>();
            for (JsonNode found : list(root, "guardrails", 100)) {
                findings.add(findings(found));
            }
            return new EvidenceState(ratio, findings);
        } catch (JsonProcessingException e) {
            // The parser's message quotes the text.
            throw wrong("is not JSON");
        }
    }

    private static Findings findings(JsonNode json) {
        Guardrail guardrail = new Guardrail(
                kind(json.path("kind").asText()),
                real(json.path("margin")),
                real(json.path("quantile")),
                json.path("required").asBoolean());
        Findings found = new Findings(guardrail, mean(guardrail, json.path("mean")));
        List<JsonNode> differences =
                list(json, "differences", found.differences().size());
        for (int i = 0; i < differences.size(); i++) {
            read(differences.get(i), found.difference(i));
        }
        for (String arm : List.of("control", "treatment")) {
            JsonNode of = json.path(arm);
            if (of.has("losses")) {
                found.losses(arm.equals("treatment"))
                        .add(
                                count(of.path("losses").path(0)),
                                real(of.path("losses").path(1)));
            }
            for (JsonNode bin : list(of, "millis", MAX_CELLS)) {
                found.millis(arm.equals("treatment"))
                        .addBin(
                                (int) integer(bin.path(0), LogHistogram.MIN_BIN, LogHistogram.MAX_BIN),
                                count(bin.path(1)));
            }
        }
        return found;
    }

    private static Guardrail.Kind kind(String word) {
        for (Guardrail.Kind kind : Guardrail.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw wrong("has an unknown guardrail");
    }

    private static void read(JsonNode json, ArmDifference difference) {
        for (JsonNode cell : list(json, "cells", MAX_CELLS)) {
            double share = real(cell.path(0));
            double centre = real(cell.path(1));
            difference.add(true, share, centre, true, count(cell.path(2)));
            difference.add(true, share, centre, false, count(cell.path(3)));
            difference.add(false, share, centre, true, count(cell.path(4)));
            difference.add(false, share, centre, false, count(cell.path(5)));
        }
        JsonNode pairs = json.path("pairs");
        difference.addPairs(false, true, count(pairs.path(0)));
        difference.addPairs(true, false, count(pairs.path(1)));
        difference.addPairs(true, true, count(pairs.path(2)));
        difference.addPairs(false, false, count(pairs.path(3)));
    }

    private static BoundedMean mean(Guardrail guardrail, JsonNode json) {
        double lowest = Findings.lowest(guardrail.kind());
        if (!json.has("count")) {
            return new BoundedMean(lowest, 1);
        }
        return BoundedMean.of(
                lowest,
                1,
                count(json.path("count")),
                real(json.path("sum")),
                reals(json, "above"),
                reals(json, "below"));
    }

    private static double[] reals(JsonNode json, String name) {
        return list(json, name, MAX_CELLS).stream().mapToDouble(StateJson::real).toArray();
    }

    private static List<JsonNode> list(JsonNode json, String name, int most) {
        JsonNode list = json.path(name);
        if (!list.isArray() || list.size() > most) {
            throw wrong("has no list of at most " + most + " " + name);
        }
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        return items;
    }

    private static long number(JsonNode json, String name, long least, long most) {
        return integer(json.path(name), least, most);
    }

    private static long count(JsonNode number) {
        return integer(number, 0, MAX_COUNT);
    }

    private static long integer(JsonNode number, long least, long most) {
        if (!number.isIntegralNumber()
                || !number.canConvertToLong()
                || number.longValue() < least
                || number.longValue() > most) {
            throw wrong("has something else where a whole number from " + least + " to " + most + " belongs");
        }
        return number.longValue();
    }

    private static double real(JsonNode number) {
        if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
            throw wrong("has something else where a number belongs");
        }
        return number.doubleValue();
    }

    private static IllegalArgumentException wrong(String how) {
        return new IllegalArgumentException("the stored evidence " + how);
    }
}
