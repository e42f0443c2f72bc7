package io.github.camelaiflow.app;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Where the demo's lines go: standard output; the log where that is JSON, so that it stays so. */
final class DemoConsole {

    private static final Logger LOG = Logger.getLogger("demo");
    private static final String BOLD = "\u001B[1m";
    private static final String PLAIN = "\u001B[0m";

    private final PrintStream out;
    private final boolean json;
    private final boolean color;

    private DemoConsole(PrintStream out, boolean json, boolean color) {
        this.out = out;
        this.json = json;
        this.color = color;
    }

    static DemoConsole standard() {
        boolean json = ConfigProvider.getConfig()
                .getOptionalValue("quarkus.log.console.json.enabled", Boolean.class)
                .orElse(false);
        boolean color = terminal() && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new DemoConsole(System.out, json, color);
    }

    void line(String text) {
        if (!json) {
            out.println(text);
        } else if (!text.isBlank()) {
            LOG.info(text.strip());
        }
    }

    /** A line that stands out where a person watches. */
    void bold(String text) {
        line(color && !json ? BOLD + text + PLAIN : text);
    }

    /** From Java 22 on there is a console even where output goes to a file, and it says so itself. */
    private static boolean terminal() {
        if (System.console() == null || Runtime.version().feature() < 22) {
            return System.console() != null;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
