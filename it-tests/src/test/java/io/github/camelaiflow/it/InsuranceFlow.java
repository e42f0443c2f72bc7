package io.github.camelaiflow.it;

import io.github.camelaiflow.it.InsuranceData.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Writes a flow for the insurance data as a user would: a model trained on one half, a definition, a reference. */
final class InsuranceFlow {

    static final String NAME = "insurance";
    static final int WINDOW = 500;
    static final String WATCHED = "total_claim_amount";

    /** Tribuo tells the console of every tree. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private InsuranceFlow() {}

    /** Trains and writes {@code insurance.yaml}, its model and its reference into the folder. */
    static void write(InsuranceData data, Path folder, long seed) throws IOException {
        train(data, seed).serializeToFile(folder.resolve("insurance-v1.tribuo"));
        Files.writeString(folder.resolve("insurance.csv"), data.referenceCsv());
        Files.writeString(folder.resolve(NAME + ".yaml"), definition(data));
    }

    private static Model<Label> train(InsuranceData data, long seed) {
        TRIBUO.setLevel(Level.WARNING);
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> examples =
                new MutableDataset<>(new SimpleDataSourceProvenance("insurance, one half", labels), labels);
        data.training().forEach(row -> examples.add(example(row)));
        var tree = new CARTClassificationTrainer(8, 6, 0, 0.3f, false, new GiniIndex(), seed);
        return new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), 200, seed).train(examples);
    }

    private static Example<Label> example(Row row) {
        Example<Label> example =
                new ArrayExample<>(new Label(row.fraud() ? InsuranceData.FRAUD : InsuranceData.GENUINE));
        for (String field : InsuranceData.NUMBERS) {
            example.add(new Feature(field, (Double) row.fields().get(field)));
        }
        for (String field : InsuranceData.CATEGORIES) {
            example.add(new Feature(field + "@" + row.fields().get(field), 1));
        }
        return example;
    }

    private static String definition(InsuranceData data) {
        StringBuilder yaml = new StringBuilder("flow: " + NAME + "\nrecord:\n  key: policy_id\n  fields:\n");
        yaml.append("    policy_id: {type: text}\n    customer_zip: {type: text}\n");
        for (String field : InsuranceData.NUMBERS) {
            yaml.append("    ").append(field).append(": {type: number, min: 0}\n");
        }
        for (String field : InsuranceData.CATEGORIES) {
            yaml.append("    ").append(field).append(": {type: category, values: [");
            data.categories(field)
                    .forEach(value -> yaml.append('"').append(value).append("\", "));
            yaml.append("]}\n");
        }
        return yaml.append("""
                validation:
                  suite:
                    name: insurance
                    expectations:
                      - type: expect_column_values_to_match_regex
                        kwargs: {column: customer_zip, regex: "^[0-9]{5}$"}
                models: {v1: {model: insurance-v1.tribuo}}
                drift: {reference: insurance.csv, window: %d, falseAlarms: 1000000}
                """.formatted(WINDOW)).toString();
    }
}
