package io.github.camelaiflow.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Claims of the size of the insurance case: 10 numbers and 2 categories, 20 features to a model. Seeded; fraud is an
 * interaction of some fields, so that a forest of 10 trees grows to the size it has there.
 */
final class Claims {

    static final byte[] DEFINITION = """
            record:
              key: claim_id
              fields:
                claim_id:                {type: text}
                claim_type:              {type: category, values: [collision, theft, fire, vandalism, glass, weather]}
                region:                  {type: category, values: [north, south, east, west]}
                claim_amount:            {type: number, min: 0}
                vehicle_value:           {type: number, min: 0}
                vehicle_age:             {type: integer, min: 0}
                incident_hour:           {type: integer, min: 0, max: 23}
                days_since_policy_start: {type: integer, min: 0}
                witnesses:               {type: integer, min: 0}
                witness_age:             {type: integer, min: 0}
                police_report:           {type: integer, min: 0, max: 1}
                customer_age:            {type: integer, min: 16}
                past_claims:             {type: integer, min: 0}
            models:
              v1: {model: claims.tribuo}
            """.getBytes(StandardCharsets.UTF_8);

    private static final List<String> TYPES = List.of("collision", "theft", "fire", "vandalism", "glass", "weather");
    private static final List<String> REGIONS = List.of("north", "south", "east", "west");
    private static final int TRAINING = 5_000;
    private static final long SEED = 1;

    private Claims() {}

    /** Claims as a route gets them. */
    static List<Map<String, Object>> rows(int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(row(i, random));
        }
        return rows;
    }

    private static Map<String, Object> row(int number, Random random) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("claim_id", "C-" + number);
        row.put("claim_type", TYPES.get(random.nextInt(TYPES.size())));
        row.put("region", REGIONS.get(random.nextInt(REGIONS.size())));
        row.put("claim_amount", 3_000 * Math.exp(0.6 * random.nextGaussian()));
        row.put("vehicle_value", 20_000 * Math.exp(0.4 * random.nextGaussian()));
        row.put("vehicle_age", random.nextInt(26));
        row.put("incident_hour", random.nextInt(24));
        row.put("days_since_policy_start", random.nextInt(1_825));
        row.put("witnesses", random.nextInt(5));
        row.put("witness_age", 18 + random.nextInt(68));
        row.put("police_report", random.nextInt(2));
        row.put("customer_age", 18 + random.nextInt(72));
        row.put("past_claims", random.nextInt(6));
        return row;
    }

    /** The example a plain loop builds, features in the order the record has its fields. */
    static Example<Label> example(Map<String, Object> row, Label label) {
        String[] names = {
            "claim_type@" + row.get("claim_type"),
            "region@" + row.get("region"),
            "claim_amount",
            "vehicle_value",
            "vehicle_age",
            "incident_hour",
            "days_since_policy_start",
            "witnesses",
            "witness_age",
            "police_report",
            "customer_age",
            "past_claims"
        };
        double[] values = new double[names.length];
        values[0] = 1;
        values[1] = 1;
        for (int i = 2; i < names.length; i++) {
            values[i] = ((Number) row.get(names[i])).doubleValue();
        }
        return new ArrayExample<>(label, names, values);
    }

    /** A model of that kind, {@code forest} (10 trees of depth 7) or {@code logistic}. */
    static Model<Label> train(String kind) {
        Logger.getLogger("org.tribuo").setLevel(Level.WARNING);
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("claims", factory), factory);
        for (Map<String, Object> row : rows(TRAINING, SEED)) {
            data.add(example(row, new Label(fraud(row) ? "fraud" : "genuine")));
        }
        Trainer<Label> trainer = kind.equals("forest") ? forest() : new LogisticRegressionTrainer();
        return trainer.train(data);
    }

    private static Trainer<Label> forest() {
        CARTClassificationTrainer tree = new CARTClassificationTrainer(7, 10, 0, 0.6f, false, new GiniIndex(), SEED);
        return new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), 10, SEED);
    }

    private static boolean fraud(Map<String, Object> row) {
        boolean early = (int) row.get("days_since_policy_start") < 200 && (double) row.get("claim_amount") > 3_000;
        boolean serial = (int) row.get("past_claims") >= 4 && (int) row.get("police_report") == 0;
        boolean staged = "theft".equals(row.get("claim_type")) && (int) row.get("vehicle_age") > 15;
        return early || serial || staged;
    }
}
