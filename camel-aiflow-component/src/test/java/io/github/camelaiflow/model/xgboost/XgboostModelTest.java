package io.github.camelaiflow.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.camelaiflow.data.Output;
import io.github.camelaiflow.model.LoadedModel;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelContractTest;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Outcome;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.files.ModelLoader;
import io.github.camelaiflow.model.tribuo.TrainedModels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our answers are XGBoost's own. */
class XgboostModelTest extends ModelContractTest {

    private static final ModelSpec SPEC = ModelSpec.of("models/claims");
    private static final List<String> CELLS = List.of("a", "b", "c", "d");
    private static final int ROWS = 400;

    @Override
    protected Model load() {
        return load(SPEC, Boosters.claims("binary:logistic", Map.of()));
    }

    private static Model load(ModelSpec spec, byte[] bytes) {
        LoadedModel loaded = new ModelLoader().load(spec, bytes);
        assertThat(loaded.format()).isEqualTo(ModelFormat.XGBOOST);
        return loaded.model();
    }

    private static DMatrix matrix(float[] cells) throws XGBoostError {
        return new DMatrix(cells, cells.length / 4, 4, Float.NaN);
    }

    /** What both say of the same unseen rows: theirs the transformed predictions. */
    private record Both(Booster booster, float[][] theirs, List<Outcome> ours) {}

    private static Both both(String objective, Map<String, Object> parameters, ModelSpec spec, boolean categories)
            throws XGBoostError {
        float[] cells = Boosters.cells(ROWS, 3);
        float[] truth = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            float a = Float.isNaN(cells[4 * i]) ? 0 : cells[4 * i];
            float d = Float.isNaN(cells[4 * i + 3]) ? 0 : cells[4 * i + 3];
            float signal = a + (d % 3);
            truth[i] = objective.startsWith("multi") ? Math.abs((int) signal) % 3 : signal > 1 ? 1 : 0;
            if (objective.startsWith("reg") || objective.startsWith("count")) {
                truth[i] = objective.equals("reg:logistic") ? truth[i] : 1 + Math.abs(signal);
            }
        }
        DMatrix data = matrix(cells);
        data.setLabel(truth);
        if (objective.startsWith("rank")) {
            data.setGroup(new int[] {100, 100, 200});
        }
        DMatrix unseen = matrix(Boosters.cells(ROWS, 4));
        if (categories) {
            data.setFeatureTypes(new String[] {"q", "q", "q", "c"});
            unseen.setFeatureTypes(new String[] {"q", "q", "q", "c"});
        }
        Booster booster = Boosters.train(objective, parameters, data);
        float[] rows = Boosters.cells(ROWS, 4);
        double[][] tensor = new double[ROWS][4];
        for (int i = 0; i < rows.length; i++) {
            tensor[i / 4][i % 4] = rows[i];
        }
        Model model = load(spec, booster.toByteArray("json"));
        return new Both(
                booster, booster.predict(unseen), model.predict(new ModelInput.Tensors(Map.of("", (Object) tensor))));
    }

    private static ModelSpec spec() {
        return SPEC.withFeatures(CELLS).withMissingAllowed(Set.copyOf(CELLS));
    }

    @ParameterizedTest
    @CsvSource({
        "reg:squarederror, gbtree",
        "reg:squaredlogerror, gbtree",
        "reg:pseudohubererror, gbtree",
        "reg:absoluteerror, gbtree",
        "reg:logistic, gbtree",
        "reg:gamma, gbtree",
        "reg:tweedie, gbtree",
        "count:poisson, gbtree",
        "rank:pairwise, gbtree",
        "rank:ndcg, gbtree",
        "rank:map, gbtree",
        "reg:squarederror, dart",
        "reg:squarederror, gblinear",
        "reg:gamma, gblinear",
    })
    void aValueIsXgboosts(String objective, String booster) throws XGBoostError {
        Map<String, Object> parameters = new HashMap<>(Map.of("booster", booster));
        if (objective.equals("reg:pseudohubererror")) {
            parameters.put("huber_slope", 5);
        }
        if (booster.equals("dart")) {
            parameters.put("rate_drop", 0.5);
        }
        Both both = both(objective, parameters, spec(), false);
        Set<Double> different = new HashSet<>();
        for (int i = 0; i < ROWS; i++) {
            Output output = both.ours().get(i).output();
            double theirs = both.theirs()[i][0];
            assertThat(output.score()).isCloseTo(theirs, within(2e-6 * Math.max(1, Math.abs(theirs))));
            assertThat(output.value()).isEqualTo(output.score());
            assertThat(output.label()).isNull();
            different.add(output.score());
        }
        assertThat(different).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void sumsAreExact(int parallelTrees) throws XGBoostError {
        Both both = both("reg:squarederror", Map.of("num_parallel_tree", parallelTrees), spec(), false);
        for (int i = 0; i < ROWS; i++) {
            assertThat(both.ours().get(i).output().score()).isEqualTo(both.theirs()[i][0]);
        }
    }

    @Test
    void categoriesAreXgboosts() throws XGBoostError {
        for (int oneHot : new int[] {1, 100}) {
            Map<String, Object> parameters = Map.of("tree_method", "hist", "max_cat_to_onehot", oneHot);
            Both both = both("reg:squarederror", parameters, spec(), true);
            String json = new String(both.booster().toByteArray("json"), StandardCharsets.UTF_8);
            assertThat(json).containsPattern("\"categories_nodes\":\\[\\d");
            for (int i = 0; i < ROWS; i++) {
                assertThat(both.ours().get(i).output().score()).isEqualTo(both.theirs()[i][0]);
            }
        }
    }

    @Test
    void quantilesAreAMap() throws XGBoostError {
        Map<String, Object> parameters = Map.of("quantile_alpha", "[0.1, 0.5, 0.9]", "tree_method", "hist");
        ModelSpec spec = spec().withLabels(List.of("low", "mid", "high"));
        Both both = both("reg:quantileerror", parameters, spec, false);
        for (int i = 0; i < ROWS; i++) {
            Output output = both.ours().get(i).output();
            assertThat(output.scores()).containsOnlyKeys("low", "mid", "high");
            assertThat(output.value()).isEqualTo(output.scores());
            for (int quantile = 0; quantile < 3; quantile++) {
                assertThat(output.scores().get(spec.labels().get(quantile)))
                        .isCloseTo(both.theirs()[i][quantile], within(2e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "binary:logistic, gbtree, 0.5",
        "binary:logistic, gbtree, 0.1",
        "binary:logistic, dart, 0.5",
        "binary:logistic, gblinear, 0.3",
        "binary:logitraw, gbtree, 0.2",
    })
    void probabilitiesOfTwoClassesAreXgboosts(String objective, String booster, double base) throws XGBoostError {
        ModelSpec spec = spec().withLabels(List.of("legitimate", "fraud"));
        Both both = both(objective, Map.of("booster", booster, "base_score", base), spec, false);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ROWS; i++) {
            Output output = both.ours().get(i).output();
            double theirs = both.theirs()[i][0];
            double probability = objective.equals("binary:logitraw") ? 1 / (1 + Math.exp(-theirs)) : theirs;
            assertThat(output.scores().get("fraud")).isCloseTo(probability, within(1e-6));
            assertThat(output.label()).isEqualTo(probability > 0.5 ? "fraud" : "legitimate");
            assertThat(output.score()).isEqualTo(output.scores().get(output.label()));
            seen.add(output.label());
        }
        assertThat(seen).hasSize(2);
    }

    @Test
    void hingeHasLabelsWithoutProbability() throws XGBoostError {
        Both both = both("binary:hinge", Map.of(), spec(), false);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < ROWS; i++) {
            Output output = both.ours().get(i).output();
            assertThat(output).isEqualTo(Output.label(both.theirs()[i][0] > 0 ? "1" : "0", null, Map.of()));
            seen.add(output.label());
        }
        assertThat(seen).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"gbtree", "dart", "gblinear"})
    void probabilitiesOfSeveralClassesAreXgboosts(String booster) throws XGBoostError {
        Map<String, Object> parameters = Map.of("num_class", 3, "booster", booster);
        Both soft = both("multi:softprob", parameters, spec(), false);
        Both hard = both("multi:softmax", parameters, spec(), false);
        for (int i = 0; i < ROWS; i++) {
            Output output = soft.ours().get(i).output();
            for (int label = 0; label < 3; label++) {
                assertThat(output.scores().get(Integer.toString(label)))
                        .isCloseTo(soft.theirs()[i][label], within(1e-6));
            }
            assertThat(hard.ours().get(i).output().label()).isEqualTo(Integer.toString((int) hard.theirs()[i][0]));
        }
    }

    @Test
    void recordsAreReadByTheNamesInTheFile() throws XGBoostError, java.io.IOException {
        byte[] file = Boosters.claims("binary:logistic", Map.of());
        Model model = load(SPEC, file);
        assertThat(model.signature().features()).containsExactly("claim_amount", "vehicle_age", "claim_type");
        assertThat(model.signature().outputs()).containsExactly("0", "1");
        assertThat(model.signature().inputs())
                .containsExactly(new Signature.TensorSpec("features", "FP32", List.of(-1L, 5L)));
        Booster theirs = ml.dmlc.xgboost4j.java.XGBoost.loadModel(file);
        for (Map<String, Object> claim : TrainedModels.claims(50, 8)) {
            DMatrix row = new DMatrix(Boosters.row(claim), 1, 5, Float.NaN);
            row.setFeatureNames(Boosters.COLUMNS.toArray(String[]::new));
            float[][] expected = theirs.predict(row);
            Output output =
                    model.predict(new ModelInput.Rows(List.of(claim))).get(0).output();
            assertThat(output.scores().get("1")).isCloseTo(expected[0][0], within(1e-6));
        }
    }

    @Test
    void featuresOfTheDefinitionOrderArrays() {
        byte[] file = Boosters.claims("binary:logistic", Map.of());
        List<String> order =
                List.of("claim_type@fire", "claim_type@theft", "claim_type@collision", "vehicle_age", "claim_amount");
        Object array = new float[] {0, 1, 0, 4, 6.5f};
        Model model = load(SPEC.withFeatures(order), file);
        assertThat(model.predict(new ModelInput.Tensors(Map.of("", array))))
                .isEqualTo(model.predict(new ModelInput.Rows(List.of(TrainedModels.claim(6.5, 4, "theft")))));
    }

    private static byte[] changed(String from, String to) {
        String json = new String(Boosters.claims("binary:logistic", Map.of()), StandardCharsets.UTF_8);
        String changed = json.replaceFirst(from, to);
        assertThat(changed).as(from).isNotEqualTo(json);
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(ModelSpec spec, byte[] bytes, String reason) {
        assertThatThrownBy(() -> load(spec, bytes)).isInstanceOfSatisfying(ModelException.class, e -> {
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageContaining("models/claims").hasMessageContaining(reason);
        });
    }

    @Test
    void whatDoesNotFitIsTold() throws XGBoostError {
        byte[] unnamed =
                both("binary:logistic", Map.of(), spec(), false).booster().toByteArray("json");
        assertRefused(SPEC, unnamed, "name its 4");
        assertRefused(SPEC.withFeatures(List.of("a", "b")), unnamed, "which has 2");
        byte[] named = Boosters.claims("binary:logistic", Map.of());
        assertRefused(SPEC.withFeatures(List.of("a")), named, "lack claim_amount");
        assertRefused(SPEC.withLabels(List.of("only")), named, "labels must be 2");
        assertRefused(SPEC.withLabels(List.of("same", "same")), named, "twice");
    }

    @Test
    void whatIsDamagedIsTold() {
        for (String[] change : new String[][] {
            {"binary:logistic", "survival:cox", "objective"},
            {"\"name\":\"gbtree\"", "\"name\":\"forest\"", "booster"},
            {"\"num_class\":\"0\"", "\"num_class\":\"2000000000\"", "classes"},
            {"\"num_target\":\"1\"", "\"num_target\":\"2000000000\"", "targets"},
            {"\"num_feature\":\"5\",\"num_t", "\"num_feature\":\"2000000000\",\"num_t", "names of the features"},
            {"\"num_feature\":\"5\",\"num_t", "\"num_feature\":\"-1\",\"num_t", "whole number"},
            {"\"base_score\":\"[^\"]*\"", "\"base_score\":\"2\"", "base_score"},
            {"\"base_score\":\"[^\"]*\"", "\"base_score\":\"half\"", "base_score"},
            {"\"left_children\":\\[1", "\"left_children\":[0", "one parent"},
            {"\"left_children\":\\[1", "\"left_children\":[1000000", "one parent"},
            {"\"left_children\":\\[1", "\"left_children\":[-2", "one parent"},
            {"\"left_children\":\\[1,", "\"left_children\":[", "one element per node"},
            {"\"split_indices\":\\[\\d", "\"split_indices\":[5", "one of the 5 features"},
            {"\"split_conditions\":\\[[^,]*", "\"split_conditions\":[NaN", "condition"},
            {"\"tree_info\":\\[0", "\"tree_info\":[1", "a tree must be one of"},
            {"\"tree_info\":\\[0,", "\"tree_info\":[", "there must be a tree"},
            {"\"size_leaf_vector\":\"1\"", "\"size_leaf_vector\":\"3\"", "multi_output"},
            {"\"categories_nodes\":\\[\\]", "\"categories_nodes\":[0]", "categories"},
            {"\"learner\":", "\"learner\":{},\"learner\":", "damaged"},
            {"\"trees\":\\[", "\"trees\":[{\"x\":" + "[".repeat(100), "damaged"},
        }) {
            String reason = change[2].equals("multi_output") ? "one_output_per_tree" : change[2];
            assertRefused(SPEC, changed(change[0], change[1]), reason);
        }
        byte[] whole = Boosters.claims("binary:logistic", Map.of());
        assertRefused(SPEC, Arrays.copyOf(whole, whole.length - 1), "damaged");
        assertRefused(SPEC, (new String(whole, StandardCharsets.UTF_8) + "{}").getBytes(StandardCharsets.UTF_8), "end");
    }

    @Test
    void binaryFormsAreRefused() throws XGBoostError {
        Booster booster = both("binary:logistic", Map.of(), spec(), false).booster();
        for (String form : List.of("ubj", "deprecated")) {
            assertRefused(spec(), booster.toByteArray(form), "as JSON");
        }
    }

    /** As a program that sorts nothing may write it: the name of what is within comes last. */
    @Test
    void theOrderOfABoostersFieldsChangesNothing() {
        String dart = new String(
                Boosters.claims("binary:logistic", Map.of("booster", "dart", "rate_drop", 0.5)),
                StandardCharsets.UTF_8);
        String other = dart.replace("\"name\":\"dart\",", "")
                .replace("\"gradient_booster\":{", "\"gradient_booster\":{\"name\":\"dart\",");
        assertThat(other).isNotEqualTo(dart).hasSameSizeAs(dart);
        List<Map<String, Object>> rows = TrainedModels.claims(20, 5);
        assertThat(load(SPEC, other.getBytes(StandardCharsets.UTF_8)).predict(new ModelInput.Rows(rows)))
                .isEqualTo(load(SPEC, dart.getBytes(StandardCharsets.UTF_8)).predict(new ModelInput.Rows(rows)));
    }
}
