package io.github.camelaiflow.model.xgboost;

import java.util.List;

/** What XGBoost calls a booster: adds up a row's margins, in 32-bit floats and in XGBoost's order. Immutable. */
sealed interface Ensemble {

    /**
     * Adds a row's margins to those in the array, one per group (class, target or quantile).
     *
     * @param row one value per feature, NaN where it is missing
     */
    void add(float[] row, float[] margins);

    /**
     * Trees, one after the other.
     *
     * @param groups the group each adds to
     * @param weights what each tree's leaf is multiplied by (booster dart); {@code null} for 1
     */
    record Trees(List<Tree> trees, int[] groups, float[] weights) implements Ensemble {

        @Override
        public void add(float[] row, float[] margins) {
            for (int i = 0; i < groups.length; i++) {
                float leaf = trees.get(i).leaf(row);
                margins[groups[i]] += weights == null ? leaf : leaf * weights[i];
            }
        }
    }

    /**
     * Linear models, one per group.
     *
     * @param weights by feature, then group; the biases last
     */
    record Linear(float[] weights, int groups) implements Ensemble {

        @Override
        public void add(float[] row, float[] margins) {
            for (int group = 0; group < groups; group++) {
                margins[group] += weights[row.length * groups + group];
                for (int i = 0; i < row.length; i++) {
                    if (!Float.isNaN(row[i])) {
                        margins[group] += row[i] * weights[i * groups + group];
                    }
                }
            }
        }
    }
}
