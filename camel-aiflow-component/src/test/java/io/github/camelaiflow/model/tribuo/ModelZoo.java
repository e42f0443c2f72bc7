package io.github.camelaiflow.model.tribuo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.AdaBoostTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.libsvm.LibSVMClassificationTrainer;
import org.tribuo.classification.libsvm.SVMClassificationType;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.kernel.KernelSVMTrainer;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.clustering.hdbscan.HdbscanTrainer;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.SVMParameters;
import org.tribuo.common.nearest.KNNModel;
import org.tribuo.common.nearest.KNNTrainer;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.math.distance.DistanceType;
import org.tribuo.math.kernel.RBF;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.baseline.ClassifierChainTrainer;
import org.tribuo.multilabel.baseline.IndependentMultiLabelTrainer;
import org.tribuo.multilabel.ensemble.CCEnsembleTrainer;
import org.tribuo.multilabel.ensemble.MultiLabelVotingCombiner;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.libsvm.LibSVMRegressionTrainer;
import org.tribuo.regression.libsvm.SVMRegressionType;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.sgd.fm.FMRegressionTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;
import org.tribuo.regression.slm.LARSLassoTrainer;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.LinearScalingTransformation;

/** A small model of each kind that Tribuo trains. */
public final class ModelZoo {

    private ModelZoo() {}

    /** Models by what they are. */
    public static Map<String, Model<?>> all() {
        Map<String, Model<?>> all = new LinkedHashMap<>();
        all.put("anomaly support vectors", TrainedModels.supportVectors());
        all.put("k-means", TrainedModels.clusters());
        all.put("HDBSCAN", TrainedModels.clusters(new HdbscanTrainer(20)));
        all.put("regression of two dimensions", TrainedModels.costAndDays());
        labels().forEach((name, trainer) -> all.put("labels: " + name, TrainedModels.labels(trainer)));
        regression().forEach((name, trainer) -> all.put("regression: " + name, TrainedModels.cost(trainer)));
        all.put("multi-label: linear", TrainedModels.flags());
        all.put("multi-label: independent", TrainedModels.flags(new IndependentMultiLabelTrainer(tree())));
        all.put("multi-label: chain", TrainedModels.flags(new ClassifierChainTrainer(tree(), List.of("old", "large"))));
        all.put("multi-label: chains", TrainedModels.flags(new CCEnsembleTrainer(tree(), 3, 1L)));
        all.put(
                "multi-label: bagging",
                TrainedModels.flags(new BaggingTrainer<>(
                        new IndependentMultiLabelTrainer(tree()), new MultiLabelVotingCombiner(), 3)));
        return all;
    }

    private static CARTClassificationTrainer tree() {
        return new CARTClassificationTrainer(4);
    }

    private static Map<String, Trainer<Label>> labels() {
        SVMParameters<Label> parameters =
                new SVMParameters<>(new SVMClassificationType(SVMClassificationType.SVMMode.C_SVC), KernelType.RBF);
        parameters.setProbability();
        return Map.of(
                "logistic", new LogisticRegressionTrainer(),
                "tree", tree(),
                "bagging", new BaggingTrainer<>(tree(), new VotingCombiner(), 5),
                "boosting", new AdaBoostTrainer(tree(), 5),
                "factorisation machine",
                        new FMClassificationTrainer(new LogMulticlass(), new AdaGrad(0.1), 5, 1L, 4, 0.1),
                "kernel", new KernelSVMTrainer(new RBF(0.1), 0.1, 2, 1L),
                "LibSVM", new LibSVMClassificationTrainer(parameters),
                "neighbours",
                        new KNNTrainer<>(
                                3,
                                DistanceType.L2.getDistance(),
                                1,
                                new VotingCombiner(),
                                KNNModel.Backend.STREAMS,
                                NeighboursQueryFactoryType.KD_TREE),
                "scaled",
                        new TransformTrainer<>(
                                new LogisticRegressionTrainer(),
                                new TransformationMap(List.of(new LinearScalingTransformation(0, 1)))),
                "baseline", DummyClassifierTrainer.createMostFrequentTrainer());
    }

    private static Map<String, Trainer<Regressor>> regression() {
        SVMParameters<Regressor> parameters =
                new SVMParameters<>(new SVMRegressionType(SVMRegressionType.SVMMode.EPSILON_SVR), KernelType.RBF);
        return Map.of(
                "joint tree", new CARTJointRegressionTrainer(4),
                "bagging", new BaggingTrainer<>(new CARTRegressionTrainer(4), new AveragingCombiner(), 5),
                "lasso", new LARSLassoTrainer(2),
                "factorisation machine",
                        new FMRegressionTrainer(new SquaredLoss(), new AdaGrad(0.1), 5, 1L, 4, 0.1, true),
                "LibSVM", new LibSVMRegressionTrainer(parameters));
    }
}
