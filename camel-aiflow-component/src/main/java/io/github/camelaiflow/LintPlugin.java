package io.github.camelaiflow;

import io.github.camelaiflow.lint.LintMode;
import io.github.camelaiflow.lint.RouteLinting;
import io.github.camelaiflow.management.LintManagement;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/** Has Camel lint the routes of every context whose application has this jar, those without a step of this component too. */
public final class LintPlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        install(context);
    }

    /** Once a context; also where Camel does not load plugins, as soon as the component is there. */
    static RouteLinting install(CamelContext context) {
        RouteLinting there = context.getCamelContextExtension().getContextPlugin(RouteLinting.class);
        if (there != null) {
            return there;
        }
        RouteLinting linting = RouteLinting.install(context, () -> mode(context));
        LintManagement.install(context, linting);
        return linting;
    }

    private static LintMode mode(CamelContext context) {
        return context.hasComponent("aiflow") instanceof AiflowComponent component
                ? component.getLint()
                : LintMode.WARN;
    }
}
