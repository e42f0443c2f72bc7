/** XGBoost's JSON model files, read and answered in Java: no native parser sees a file. */
package io.github.camelaiflow.model.xgboost;
