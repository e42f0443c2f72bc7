package io.github.camelaiflow.it.campaign;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The shipped routes by camel-main, as a user runs them in plain Java. Says {@value #READY} when Camel has started. */
final class AppMain {

    /** What is said on the console. */
    static final String READY = "APP READY";

    /** Property: which routes of the jar are loaded. */
    static final String ROUTES = "campaign.routes";
    /** Property: the {@link PlainRoutes} of that name are added. */
    static final String PLAIN = "campaign.plain";
    /** Property: the {@link LabelRoutes} from there are added. */
    static final String LABELS = "campaign.labels";

    private AppMain() {}

    /** Runs until it is told to stop. The one argument is a properties file. */
    public static void main(String[] arguments) throws Exception {
        ParentWatch.start();
        Properties properties = read(Path.of(arguments[0]));
        Main main = new Main();
        main.configure().withRoutesIncludePattern((String) properties.remove(ROUTES));
        String plain = (String) properties.remove(PLAIN);
        if (plain != null) {
            main.configure().addRoutesBuilder(new PlainRoutes(PlainRoutes.Kind.valueOf(plain)));
        }
        String labels = (String) properties.remove(LABELS);
        if (labels != null) {
            main.configure().addRoutesBuilder(new LabelRoutes(labels));
        }
        properties.forEach((name, value) -> main.addOverrideProperty((String) name, (String) value));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                System.out.println(READY);
            }
        });
        main.run();
        System.exit(main.getExitCode());
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
