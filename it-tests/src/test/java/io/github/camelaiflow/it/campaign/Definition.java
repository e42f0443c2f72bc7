package io.github.camelaiflow.it.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.claims.ClaimGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** The claims flow in a folder of its own, where its model can be changed under load. */
final class Definition {

    /** How often the app looks whether it has changed; it must look twice. */
    static final int LOOKS_EVERY_MILLIS = 2_000;

    private static final String MODEL = "{model: models/claims-v1.tribuo}";
    private static final String SERVE = "serve: v1";

    private final Path folder;
    private final String text;

    private Definition(Path folder, String text) {
        this.folder = folder;
        this.text = text;
    }

    /**
     * Writes the shipped one.
     *
     * @param model where the model is
     * @param endpoint of the model server
     * @param store the flow's store, as a section in YAML; {@code null} for none
     */
    static Definition write(Path folder, Setup.Model model, String endpoint, String store) {
        String text = new String(resource("claims.yaml"), UTF_8);
        if (model == Setup.Model.SERVER) {
            text = replaced(
                    text,
                    MODEL,
                    "{endpoint: \"%s\", protocol: open-inference, features: [%s], timeout: %dms}"
                            .formatted(endpoint, String.join(", ", ModelStub.FEATURES), ModelStub.TIMEOUT_MILLIS));
        }
        if (store != null) {
            text += "\nstore: " + store + "\n";
        }
        try {
            Files.createDirectories(folder.resolve("models"));
            Files.createDirectories(folder.resolve("reference"));
            for (String file :
                    new String[] {"models/claims-v1.tribuo", "models/claims-v1.tribuo.card.json", "reference/claims.csv"
                    }) {
                Files.write(folder.resolve(file), resource(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the definition's folder must be writable", e);
        }
        Definition definition = new Definition(folder, text);
        definition.put(text);
        return definition;
    }

    /** What the component's option {@code definitions} must be. */
    String location() {
        return "file:" + folder;
    }

    /** Another version, whose model says the same, serves from now on. */
    void swapModel() {
        write("models/claims-v2.tribuo", resource("models/claims-v1.tribuo"));
        put(withSecondServing());
    }

    /** A version whose file is half there is to serve. */
    void corruptModel() {
        byte[] whole = resource("models/claims-v1.tribuo");
        write("models/claims-v2.tribuo", Arrays.copyOf(whole, whole.length / 2));
        put(withSecondServing());
    }

    /** As it was. */
    void restore() {
        put(text);
    }

    private String withSecondServing() {
        return replaced(replaced(text, MODEL, MODEL + "\n  v2: {model: models/claims-v2.tribuo}"), SERVE, "serve: v2");
    }

    private void put(String now) {
        write("claims.yaml", now.getBytes(UTF_8));
    }

    /** A file is there as a whole or not at all. */
    private void write(String file, byte[] bytes) {
        try {
            Path next = Files.write(folder.resolve(file + ".next"), bytes);
            Files.move(next, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the definition's folder must be writable", e);
        }
    }

    private static String replaced(String text, String what, String by) {
        if (!text.contains(what)) {
            throw new IllegalStateException("The shipped definition no longer says " + what);
        }
        return text.replace(what, by);
    }

    private static byte[] resource(String name) {
        try (InputStream in = ClaimGenerator.class.getResourceAsStream("/aiflow/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " must be readable", e);
        }
    }
}
