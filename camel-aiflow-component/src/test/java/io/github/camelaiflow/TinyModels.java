package io.github.camelaiflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A fraud model of two features, small enough to train in a test: high amounts of type theft are fraud. */
public final class TinyModels {

    private TinyModels() {}

    /** A claim as the model wants it. */
    public static Map<String, Object> claim(String id, double amount, String type) {
        Map<String, Object> claim = new LinkedHashMap<>();
        claim.put("id", id);
        claim.put("amount", amount);
        claim.put("type", type);
        return claim;
    }

    /** Seeded claims. */
    public static List<Map<String, Object>> claims(int count, long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> claims = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            claims.add(claim("c" + i, random.nextDouble(), random.nextBoolean() ? "theft" : "fire"));
        }
        return claims;
    }

    /** The example a plain loop would build. */
    public static Example<Label> example(Map<String, Object> claim, Label label) {
        return new ArrayExample<>(label, new String[] {"amount", "type@" + claim.get("type")}, new double[] {
            (double) claim.get("amount"), 1
        });
    }

    /** Trains with that seed. */
    public static Model<Label> train(long seed) {
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("tiny", factory), factory);
        for (Map<String, Object> claim : claims(500, seed)) {
            boolean fraud = (double) claim.get("amount") > 0.6 && "theft".equals(claim.get("type"));
            data.add(example(claim, new Label(fraud ? "fraud" : "legitimate")));
        }
        return new LogisticRegressionTrainer().train(data);
    }

    /** Writes a trained model into the folder. */
    public static Path write(Path folder, String name, long seed) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            train(seed).serializeToFile(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
