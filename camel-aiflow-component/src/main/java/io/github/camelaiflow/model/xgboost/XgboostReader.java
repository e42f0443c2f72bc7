package io.github.camelaiflow.model.xgboost;

import io.github.camelaiflow.model.ModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Reads a file of {@code Booster.save_model("….json")}, whose schema XGBoost publishes as {@code doc/model.schema}; files
 * of XGBoost 1.0 to 3.x are told apart by what they hold. For one use.
 */
final class XgboostReader {

    private final JsonValues json;
    private final BoosterReader booster = new BoosterReader();
    private List<String> names = List.of();
    private String objective;
    private float[] baseScores = {};
    private int features = -1;
    private int classes;
    private int targets = 1;

    private XgboostReader(byte[] bytes) throws IOException {
        json = new JsonValues(bytes);
    }

    /** @throws ModelException if the file is damaged, or of a kind that isn't answered */
    static XgboostFile read(String place, byte[] bytes) {
        try {
            return new XgboostReader(bytes).read();
        } catch (DamagedException e) {
            throw new ModelException(
                    false,
                    "an XGBoost model must be whole and of a kind that is taken, " + place + " isn't: "
                            + e.getMessage());
        } catch (IOException | RuntimeException e) {
            // without the cause: Jackson's messages quote the file
            throw new ModelException(
                    false,
                    "an XGBoost model must be whole JSON, " + place + " is truncated or damaged ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    private XgboostFile read() throws IOException {
        json.object("the file", name -> {
            if (name.equals("learner")) {
                json.object(name, this::learner);
            } else {
                json.skip();
            }
        });
        json.end();
        return file();
    }

    private void learner(String name) throws IOException {
        switch (name) {
            case "feature_names" -> names = json.texts(name);
            case "gradient_booster" -> booster.read(json);
            case "learner_model_param" -> json.object(name, this::parameter);
            case "objective" -> json.object(name, this::objective);
            default -> json.skip();
        }
    }

    private void objective(String name) throws IOException {
        if (name.equals("name")) {
            objective = json.text(name);
        } else {
            json.skip();
        }
    }

    private void parameter(String name) throws IOException {
        switch (name) {
            case "base_score" -> baseScores = scores(json.text(name));
            case "num_feature" -> features = count(name);
            case "num_class" -> classes = count(name);
            case "num_target" -> targets = count(name);
            default -> json.skip();
        }
    }

    private int count(String name) throws IOException {
        try {
            return Integer.parseUnsignedInt(json.text(name));
        } catch (NumberFormatException e) {
            throw new DamagedException(name + " must be a whole number");
        }
    }

    /** One number, or since XGBoost 3.1 a list of them as text. */
    private static float[] scores(String text) {
        String[] parts = text.replaceAll("[\\[\\]]", "").split(",", -1);
        float[] scores = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                scores[i] = Float.parseFloat(parts[i].strip());
            } catch (NumberFormatException e) {
                throw new DamagedException("base_score must be a number");
            }
        }
        return scores;
    }

    private XgboostFile file() {
        if (objective == null) {
            throw new DamagedException("the objective must be named");
        }
        Objective known = Objective.of(objective);
        int groups = Math.max(1, Math.max(classes, targets));
        if (classes > 1 && targets > 1) {
            throw new DamagedException("a model must have several classes or several targets, not both");
        }
        if (known == Objective.SOFTMAX ? groups < 2 : known.labels() && groups > 1) {
            throw new DamagedException("the number of classes and targets must fit the objective");
        }
        if (features < 1) {
            throw new DamagedException("num_feature must be positive");
        }
        if (!names.isEmpty() && (names.size() != features || new HashSet<>(names).size() != features)) {
            throw new DamagedException("the names of the features must be unique, and " + features);
        }
        Ensemble ensemble = booster.ensemble(features, groups);
        return new XgboostFile(known, features, List.copyOf(names), groups, base(known, groups), ensemble);
    }

    private float[] base(Objective known, int groups) {
        float[] base = new float[groups];
        for (int i = 0; i < groups; i++) {
            if (baseScores.length != 1 && baseScores.length != groups) {
                throw new DamagedException("base_score must be one number, or one for each class or target");
            }
            base[i] = known.margin(baseScores[baseScores.length == 1 ? 0 : i]);
            if (!Float.isFinite(base[i])) {
                throw new DamagedException("base_score must be one the objective can have");
            }
        }
        return base;
    }

    /** Reads the section {@code gradient_booster}; which of the parts count, its name tells at the end. */
    private static final class BoosterReader {

        private final List<Tree> trees = new ArrayList<>();
        private int[] groups = {};
        private float[] weights = {};
        private float[] drops = {};
        private String booster = "";

        void read(JsonValues json) throws IOException {
            read(json, false);
        }

        /** @param within a booster dart holds one of gbtree, whose name isn't its own */
        private void read(JsonValues json, boolean within) throws IOException {
            json.object("gradient_booster", name -> {
                switch (name) {
                    case "name" -> {
                        String said = json.text(name);
                        booster = within ? booster : said;
                    }
                    case "gbtree" -> read(json, true);
                    case "model" -> json.object(name, part -> part(json, part));
                    case "weight_drop" -> drops = json.floats(name);
                    default -> json.skip();
                }
            });
        }

        private void part(JsonValues json, String name) throws IOException {
            switch (name) {
                case "trees" -> json.array(name, () -> trees.add(TreeReader.read(json)));
                case "tree_info" -> groups = json.ints(name);
                case "weights" -> weights = json.floats(name);
                case "cats" -> json.object(name, part -> categories(json, part));
                default -> json.skip();
            }
        }

        private static void categories(JsonValues json, String name) throws IOException {
            if (!name.equals("enc")) {
                json.skip();
                return;
            }
            json.array(name, () -> {
                throw new DamagedException("categories must be numbers: this model was trained on a data frame's");
            });
        }

        Ensemble ensemble(int features, int count) {
            return switch (booster) {
                case "gblinear" -> linear(features, count);
                case "gbtree" -> trees(features, count, null);
                case "dart" -> trees(features, count, drops);
                default -> throw new DamagedException("the booster must be gbtree, dart or gblinear");
            };
        }

        private Ensemble linear(int features, int count) {
            if (weights.length != (features + 1L) * count || !finite(weights)) {
                throw new DamagedException("a linear model must have one finite weight per feature, and a bias");
            }
            return new Ensemble.Linear(weights, count);
        }

        private Ensemble trees(int features, int count, float[] perTree) {
            if (trees.isEmpty() || groups.length != trees.size() || count > trees.size()) {
                throw new DamagedException("there must be a tree for each class or target, and each must say of which");
            }
            if (perTree != null && (perTree.length != trees.size() || !finite(perTree))) {
                throw new DamagedException("there must be one finite weight for each tree");
            }
            if (Arrays.stream(groups).anyMatch(group -> group < 0 || group >= count)) {
                throw new DamagedException("a tree must be one of the " + count + " classes' or targets'");
            }
            trees.forEach(tree -> tree.check(features));
            return new Ensemble.Trees(List.copyOf(trees), groups, perTree);
        }

        private static boolean finite(float[] numbers) {
            for (float number : numbers) {
                if (!Float.isFinite(number)) {
                    return false;
                }
            }
            return true;
        }
    }
}
