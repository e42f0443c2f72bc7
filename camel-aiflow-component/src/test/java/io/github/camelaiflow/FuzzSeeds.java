package io.github.camelaiflow;

import io.github.camelaiflow.avro.AvroEncoder;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileOptions;
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

/** Writes the seeds of {@link ParsersFuzzTest}: {@code main} with the folder {@code …/ParsersFuzzTestInputs}. */
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
    }

    private void write(String target, String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(target));
        Files.write(folder.resolve(target).resolve(name), bytes);
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
}
