package io.github.camelaiflow;

import io.github.camelaiflow.avro.AvroEncoder;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelCards;
import io.github.camelaiflow.model.onnx.OnnxGraphs;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import io.github.camelaiflow.model.xgboost.Boosters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Writes the seeds of {@link ParsersFuzzTest} and its like: {@code main} with the folder {@code src/test/resources/io/github/camelaiflow}. */
final class FuzzSeeds {

    private final Path folder;

    private FuzzSeeds(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        FuzzSeeds seeds = new FuzzSeeds(Path.of(arguments[0]));
        seeds.records();
        seeds.messages();
        seeds.files();
        seeds.models();
        seeds.cards();
        seeds.answers();
        seeds.letters();
        seeds.rollouts();
    }

    private void write(String target, String name, byte[] bytes) throws IOException {
        Path seeds = folder.resolve(target.contains("/") ? target : "ParsersFuzzTestInputs/" + target);
        Files.createDirectories(seeds);
        Files.write(seeds.resolve(name), bytes);
    }

    private void write(String target, String name, String text) throws IOException {
        write(target, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void records() throws IOException {
        String claim =
                "{\"claim_id\": \"CANARY-7f3a\", \"amount\": 12.5, \"tags\": [\"a\", null], \"more\": {\"deep\": true}}";
        write("jsonRecords", "record", claim);
        write("jsonRecords", "list", "[" + claim + ", 1, null, []]");
        write("jsonRecords", "deep", "{\"a\":".repeat(5_000));
        write("jsonRecords", "deep-list", "[".repeat(5_000));
        write("jsonRecords", "long-number", "{\"a\": " + "9".repeat(2_000) + "}");
        write("jsonRecords", "large-exponent", "{\"a\": 1e999999999, \"b\": -1E-999999999}");
        write("jsonRecords", "cut", claim.substring(0, 20));
        write("jsonRecords", "duplicate", "{\"a\": \"CANARY-7f3a\", \"a\": 2}");
        write("jsonRecords", "utf-16", claim.getBytes(StandardCharsets.UTF_16LE));
        write("jsonRecords", "empty", "");
        write(
                "labels",
                "label",
                "{\"predictionId\": \"p-1\", \"label\": \"fraud\", \"selectionProbability\": 0.5, \"time\": \"2026-01-01T00:00:00Z\"}");
        write(
                "labels",
                "list",
                "[{\"claim_id\": 7, \"label\": true}, {\"claim_id\": 1e400, \"label\": \"CANARY-7f3a\", \"time\": 1}]");
        write("labels", "wrong", "{\"claim_id\": [\"CANARY-7f3a\"], \"label\": {}, \"time\": \"CANARY-7f3a\"}");
        GenericRecord inner = claim("c-2", Map.of("n", 3L));
        GenericRecord outer = claim("CANARY-7f3a", Map.of("inner", inner));
        AvroEncoder encoder = new AvroEncoder(ParsersFuzzTest.schema());
        write("avroRecords", "plain", encoder.plain(outer));
        byte[] framed = encoder.singleObject(outer);
        write("avroRecords", "single-object", framed);
        write("avroRecords", "cut", java.util.Arrays.copyOf(framed, framed.length / 2));
        write("avroRecords", "registry", new byte[] {0, 0, 0, 0, 7, 2, 65});
        write("avroRecords", "long-string", new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F});
    }

    private static GenericRecord claim(String id, Map<String, Object> more) {
        org.apache.avro.Schema schema = ParsersFuzzTest.schema();
        GenericRecord claim = new GenericData.Record(schema);
        claim.put("id", id);
        claim.put("amount", 12.5);
        claim.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "FIRE"));
        claim.put("tags", List.of("a", "b"));
        claim.put("more", more);
        claim.put("raw", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        claim.put("code", new GenericData.Fixed(schema.getField("code").schema(), new byte[] {1, 2, 3, 4}));
        return claim;
    }

    private void messages() throws IOException {
        String input = "{\"name\": \"amount\", \"datatype\": \"FP64\", \"shape\": [2, 1], \"data\": [[1.5], [2]]}";
        write(
                "inferenceMessages",
                "request",
                "\0{\"id\": \"1\", \"inputs\": [" + input + "], \"outputs\": [{\"name\": \"label\"}]}");
        write(
                "inferenceMessages",
                "response",
                "\0{\"model_name\": \"m\", \"outputs\": [" + input.replace("FP64", "FP32") + "]}");
        String binary =
                "{\"inputs\": [{\"name\": \"t\", \"datatype\": \"BYTES\", \"shape\": [1], \"parameters\": {\"binary_data_size\": 7}}]}";
        write("inferenceMessages", "binary", "\7" + binary + "\3\0\0\0abc");
        write(
                "inferenceMessages",
                "deferred",
                "\0{\"inputs\": [{\"data\": [1, 2], \"shape\": [2], \"datatype\": \"INT8\", \"name\": \"x\"}]}");
        write(
                "inferenceMessages",
                "huge-shape",
                "\0{\"inputs\": [{\"name\": \"x\", \"datatype\": \"INT64\", \"shape\": [9223372036854775807, 2], \"data\": []}]}");
        write(
                "inferenceMetadata",
                "model",
                "{\"name\": \"m\", \"versions\": [\"1\"], \"platform\": \"p\", \"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [-1, 4]}], \"outputs\": []}");
        write(
                "inferenceMetadata",
                "server",
                "{\"name\": \"s\", \"version\": \"1\", \"extensions\": [\"binary_tensor_data\"]}");
        write("inferenceMetadata", "error", "{\"error\": \"no\"}");
    }

    private void files() throws IOException {
        write(
                "suites",
                "gx",
                "{\"name\": \"s\", \"expectations\": [{\"type\": \"expect_column_values_to_be_between\", \"kwargs\": {\"column\": \"amount\", \"min_value\": 0, \"max_value\": 10}}, {\"type\": \"expect_column_values_to_match_regex\", \"kwargs\": {\"column\": \"id\", \"regex\": \"^c-[0-9]+$\"}}]}");
        write(
                "suites",
                "yaml",
                "name: s\nexpectations:\n  - type: expect_column_values_to_be_in_set\n    kwargs: {column: kind, value_set: [a, b]}\n");
        write("suites", "anchors", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
        write(
                "definitions",
                "claims",
                "record:\n  key: id\n  fields:\n    amount: {type: number, min: 0}\n    kind: {type: category, values: [a, b]}\nmodels:\n  v1: {model: v1.tribuo}\ndrift: {reference: r.csv, window: 1000}\nfeedback: {truth: label}\nrollout: {serve: v1, alpha: 0.05}\n");
        write("definitions", "json", "{\"models\": {\"v1\": {\"model\": \"../../etc/passwd\", \"sha256\": \"0\"}}}");
        write("definitions", "anchors", "a: &a {b: 1}\nmodels: *a\n");
        write("csvSamples", "plain", "id,amount\nc-1,1.5\nc-2,\n");
        write("csvSamples", "quoted", "id,amount\n\"c,\"\"1\",\"1\n5\"\n");
        write("jsonSamples", "lines", "{\"id\": \"c-1\", \"amount\": 1}\n{\"id\": \"c-2\"}\n");
        write("jsonSamples", "array", "[{\"id\": \"c-1\", \"amount\": 1e400}]");
        Profile profile = Profile.of(Schema.NONE, TinyModels.claims(50, 1), ProfileOptions.DEFAULT, 50);
        write("profiles", "profile", profile.toJson());
    }

    private void models() throws IOException {
        write("modelFiles", "tribuo", TrainedModels.bytes(TinyModels.train(1)));
        write("modelFiles", "xgboost", Boosters.claims("binary:logistic", Map.of("booster", "gblinear")));
        write("onnxFiles", "sum", OnnxGraphs.sum().bytes());
        write("onnxFiles", "classifier", OnnxGraphs.classifier().bytes());
    }

    private void cards() throws IOException {
        String cards = "model/files/ModelCardsFuzzTestInputs/modelCards";
        byte[] model = Boosters.claims("binary:logistic", Map.of("booster", "gblinear"));
        ModelSpec spec = ModelSpec.of("models/claims");
        write(cards, "card", ModelCards.write(ModelCards.describe("claims.json", spec, model, List.of())));
        write(
                cards,
                "golden",
                "[{\"record\": {\"amount\": 1.5, \"kind\": null}, \"output\": {\"label\": \"fraud\", \"scores\": {\"fraud\": 1e400}}}]");
        write(cards, "aliases", "{\"champion\": \"v1\", \"challenger\": \"../v2\"}");
        write("baselines", "csv", "id,amount,kind,score,truth\nc-1,1.5,a,0.7,fraud\nc-2,,b,2,CANARY-7f3a\n");
        write(
                "baselines",
                "lines",
                "{\"id\": \"c-1\", \"amount\": 1e400, \"score\": \"CANARY-7f3a\", \"truth\": true}\n");
    }

    private void answers() throws IOException {
        write("endpointAnswers", "scores", "{\"fraud\": 0.7, \"fine\": 0.3}");
        write("endpointAnswers", "output", "{\"label\": \"fraud\", \"score\": 0.7, \"scores\": {\"fraud\": 0.7}}");
        write("endpointAnswers", "value", "{\"value\": 1e400}");
        write("endpointAnswers", "infinite", "{\"label\": \"fraud\", \"score\": 1e400}");
        write("endpointAnswers", "text", "CANARY-7f3a\nfraud");
        String server = "model/remote/RemoteOutputsFuzzTestInputs/serverAnswers";
        String output = "{\"name\": \"%s\", \"datatype\": \"%s\", \"shape\": %s, \"data\": %s}";
        String answer = "{\"model_name\": \"m\", \"outputs\": [%s]}";
        String label = output.formatted("label", "BYTES", "[2]", "[\"fraud\", \"fine\"]");
        String scores = output.formatted("scores", "FP32", "[2, 2]", "[0.1, 0.9, 0.8, 0.2]");
        write(server, "label", answer.formatted(label));
        write(server, "scores", answer.formatted(scores));
        write(server, "both", answer.formatted(label + ", " + scores));
        write(server, "whole", answer.formatted(output.formatted("label", "UINT8", "[1]", "[255]")));
        write(server, "half", answer.formatted(output.formatted("value", "FP16", "[1]", "[1.5]")));
        write(server, "deep", answer.formatted(output.formatted("value", "FP64", "[1, 1, 2]", "[[[1, 1e400]]]")));
        write(server, "none", answer.formatted(output.formatted("value", "BOOL", "[0]", "[]")));
        String probe = "model/probe/ProbeAnswersFuzzTestInputs/probeAnswers";
        write(probe, "usable", "loading\n{\"refusal\":null}\n");
        write(probe, "refused", "{\"refusal\":\"a node it does not know\"}\n");
        write(probe, "deep", "{\"refusal\":" + "[".repeat(5_000));
    }

    private void letters() throws IOException {
        String letters = "wire/deadletters/DeadLettersFuzzTestInputs/deadLetters";
        String error = "aiflow-error-";
        write(
                letters,
                "delivered",
                error + "stage=deliver\n" + error + "reason=SCHEMA\n" + error + "fields=amount,kind\n" + error
                        + "route=claims\n" + error + "topic=claims\n" + error + "partition=3\n" + error
                        + "offset=17\nkafka.KEY=c-1\n\n{\"id\": \"c-1\"}");
        write(
                letters,
                "hostile",
                "CamelHttpUri=http://x\nkafka.OVERRIDE_TOPIC=y\n" + error + "partition=99999999999\n" + error
                        + "offset=-1\n" + error + "topic=a|b\n" + error + "fields=,,,,\naiflow-replay-of=<script>\n\n");
        String desk = "wire/deadletters/DeadLettersFuzzTestInputs/deskRequests";
        write(desk, "list", "state=new\nafter=12\nlimit=50\n");
        write(desk, "settle", "id=0f3c\nactor=ann\nreason=mended\nsent=true\nContent-Type=application/json\n\n{}");
        write(desk, "wrong", "id=\nstate=CANARY-7f3a\nafter=9999999999999999999\nlimit=-1\nsent=CANARY-7f3a\n");
    }

    private void rollouts() throws IOException {
        String states = "rollout/TrialStatesFuzzTestInputs/rolloutStates";
        String decision =
                "{\"id\": \"d-1\", \"rollout\": \"r\", \"action\": \"ADVANCE\", \"version\": \"v2\", \"stage\": \"RUNNING\", \"share\": 0.1,"
                        + " \"time\": \"2026-01-01T00:00:00Z\", \"node\": \"n\", \"actor\": \"ann\", \"reason\": \"it held\", \"judgement\": null}";
        write(states, "decision", decision);
        write(
                states,
                "state",
                "{\"number\": 1, \"stage\": \"RUNNING\", \"step\": 0, \"since\": \"2026-01-01T00:00:00Z\", \"ran\": 5, \"stepFrom\": 1,"
                        + " \"until\": 9, \"answersFrom\": 0, \"decision\": " + decision + "}");
        write(states, "evidence", "{\"v\": 1, \"ratio\": [[0.1, 5, 45]], \"guardrails\": []}");
        write(states, "node", "{\"writer\": \"w\", \"ran\": 1, \"answers\": 2, \"drifting\": false, \"versions\": {}}");
    }
}
