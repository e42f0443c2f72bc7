package io.github.camelaiflow.claims.training;

import io.github.camelaiflow.claims.Claim;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;

/**
 * How well a model tells fraud on claims it has not seen.
 *
 * @param auc area under the ROC curve: how likely a fraud scores above a genuine claim
 * @param accuracy share of right labels
 * @param precision share of frauds among the claims called fraud
 * @param recall share of the frauds that were called fraud
 */
record Quality(double auc, double accuracy, double precision, double recall) {

    static Quality of(Model<Label> model, MutableDataset<Label> test) {
        LabelEvaluation evaluation = new LabelEvaluator().evaluate(model, test);
        Label fraud = new Label(Claim.FRAUD);
        return new Quality(
                evaluation.AUCROC(fraud), evaluation.accuracy(), evaluation.precision(fraud), evaluation.recall(fraud));
    }

    /** Of the best there can be: a judge who knows the planted rules and each claim's probability, but not the noise. */
    static Quality best(List<Claim> claims) {
        double[] fired = new double[2];
        double[] quiet = new double[2];
        for (Claim claim : claims) {
            (claim.truth().fraudProbability() > 0.5 ? fired : quiet)
                    [claim.truth().fraud() ? 1 : 0]++;
        }
        double frauds = fired[1] + quiet[1];
        double genuine = fired[0] + quiet[0];
        double recall = fired[1] / frauds;
        double auc = (1 + recall - fired[0] / genuine) / 2;
        return new Quality(auc, (fired[1] + quiet[0]) / claims.size(), fired[1] / (fired[0] + fired[1]), recall);
    }

    /** These figures to four places. */
    Quality rounded() {
        return new Quality(round(auc), round(accuracy), round(precision), round(recall));
    }

    private static double round(double figure) {
        return Math.round(figure * 10_000) / 10_000.0;
    }
}
