package io.github.camelaiflow.model.xgboost;

import io.github.camelaiflow.model.tribuo.TrainedModels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Tiny models that XGBoost itself trains, on seeded claims. */
public final class Boosters {

    public static final List<String> COLUMNS =
            List.of("claim_amount", "vehicle_age", "claim_type@collision", "claim_type@theft", "claim_type@fire");
    private static final int ROWS = 300;

    private Boosters() {}

    /** A classifier of claims whose file names the {@link #COLUMNS}. */
    public static byte[] claims(String objective, Map<String, Object> more) {
        try {
            float[] cells = new float[ROWS * COLUMNS.size()];
            float[] truth = new float[ROWS];
            List<Map<String, Object>> claims = TrainedModels.claims(ROWS, 5);
            for (int i = 0; i < ROWS; i++) {
                float[] row = row(claims.get(i));
                System.arraycopy(row, 0, cells, i * row.length, row.length);
                truth[i] = row[0] > (row[3] > 0 ? 3 : 7) ? 1 : 0;
            }
            DMatrix data = new DMatrix(cells, ROWS, COLUMNS.size(), Float.NaN);
            data.setLabel(truth);
            data.setFeatureNames(COLUMNS.toArray(String[]::new));
            Map<String, Object> parameters = new HashMap<>(Map.of("max_depth", 3));
            parameters.putAll(more);
            Booster booster = train(objective, parameters, data);
            return booster.toByteArray("json");
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }

    /** The claim as XGBoost reads it. */
    public static float[] row(Map<String, Object> claim) {
        float[] row = new float[COLUMNS.size()];
        row[0] = ((Number) claim.get("claim_amount")).floatValue();
        row[1] = ((Number) claim.get("vehicle_age")).floatValue();
        for (int i = 2; i < row.length; i++) {
            row[i] = COLUMNS.get(i).endsWith("@" + claim.get("claim_type")) ? 1 : 0;
        }
        return row;
    }

    static Booster train(String objective, Map<String, Object> more, DMatrix data) throws XGBoostError {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("objective", objective, "seed", 7, "nthread", 1, "verbosity", 0, "eta", 0.4));
        parameters.putAll(more);
        return XGBoost.train(data, parameters, 12, Map.of(), null, null);
    }

    /** Rows of three numbers and a category's code, some missing. */
    static float[] cells(int rows, long seed) {
        Random random = new Random(seed);
        float[] cells = new float[rows * 4];
        for (int i = 0; i < cells.length; i++) {
            float value = i % 4 == 3 ? random.nextInt(7) : (float) random.nextGaussian() * 3;
            cells[i] = random.nextInt(10) == 0 ? Float.NaN : value;
        }
        return cells;
    }
}
