package io.github.camelaiflow.it.campaign;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Quarkus app as it is packaged ({@code -Daiflow.app=…/quarkus-run.jar}), ended with its parent. */
final class PackagedApp {

    /** Property: its jar; what else is set are the app's own. */
    static final String JAR = "campaign.app";
    /** What it says on its console. */
    static final String READY = "Listening on:";

    private static final List<Class<?>> WATCH = List.of(Watched.class, ParentWatch.class);

    private PackagedApp() {}

    /** Whether there is one. */
    static boolean isThere() {
        return Files.isRegularFile(Path.of(System.getProperty("aiflow.app", "")));
    }

    static Child start(String name, Path folder, Map<String, String> environment, Map<String, String> properties) {
        List<String> options = new ArrayList<>(List.of("-Xmx384m"));
        properties.forEach((property, value) -> {
            if (!property.startsWith("campaign.")) {
                options.add("-D" + property + "=" + value);
            }
        });
        Map<String, String> all = new HashMap<>(environment);
        all.put("CLASSPATH", properties.get(JAR) + File.pathSeparator + watch(folder.resolve("watch")));
        return new Child(
                name,
                folder,
                List.of(),
                options,
                all,
                List.of(Watched.class.getName(), "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    }

    /** A folder with nothing but the classes that end it with its parent. */
    private static Path watch(Path folder) {
        for (Class<?> type : WATCH) {
            String file = type.getName().replace('.', '/') + ".class";
            Path target = folder.resolve(file);
            try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
                Files.createDirectories(target.getParent());
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException("the app's folder must be writable", e);
            }
        }
        return folder;
    }
}
