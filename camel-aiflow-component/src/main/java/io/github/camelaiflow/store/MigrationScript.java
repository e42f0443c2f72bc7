package io.github.camelaiflow.store;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.api.resource.LoadableResource;

/** One of the scripts that lie beside this class. */
final class MigrationScript extends LoadableResource {

    private final String name;

    MigrationScript(String name) {
        this.name = name;
    }

    @Override
    public Reader read() {
        InputStream script = MigrationScript.class.getResourceAsStream(name);
        if (script == null) {
            throw new IllegalStateException("The store's script " + name + " is missing from its jar");
        }
        return new InputStreamReader(script, StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
        return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return name;
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return name;
    }
}
