package io.github.camelaiflow.model.xgboost;

import java.util.List;

/**
 * What a model file says.
 *
 * @param features how many features there are
 * @param names their names; empty if the file has none
 * @param groups how many margins a row has: classes, targets or quantiles
 * @param base the margin each row starts with, by group
 */
record XgboostFile(
        Objective objective, int features, List<String> names, int groups, float[] base, Ensemble ensemble) {}
