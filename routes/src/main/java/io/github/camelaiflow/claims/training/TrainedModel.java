package io.github.camelaiflow.claims.training;

import java.util.List;

/**
 * How a model of the case was trained; stands in its card under {@code more}.
 *
 * @param version the version's name
 * @param model the file's name
 * @param sha256 its digest
 * @param trainer how it was trained
 * @param trainedAt the time in its provenance
 * @param seed of the generator's claims it was trained on; those it was tested on have the next seed
 * @param trainingRows how many claims it was trained on
 * @param testRows how many it was tested on
 * @param features its columns in its order
 * @param labels its labels in its order
 * @param quality on the test claims
 * @param best the quality of a judge who knows the planted rules
 */
record TrainedModel(
        String version,
        String model,
        String sha256,
        String trainer,
        String trainedAt,
        long seed,
        int trainingRows,
        int testRows,
        List<String> features,
        List<String> labels,
        Quality quality,
        Quality best) {}
