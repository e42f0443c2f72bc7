package io.github.camelaiflow.management;

import io.github.camelaiflow.lint.RouteLinting;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what the linter finds by JMX and meters, as far as the context has these. */
public final class LintManagement extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(LintManagement.class);

    private final RouteLinting linting;

    private LintManagement(RouteLinting linting) {
        this.linting = linting;
    }

    /** Has it shown once the context starts, or at once if it is started. */
    public static void install(CamelContext context, RouteLinting linting) {
        LintManagement management = new LintManagement(linting);
        context.addLifecycleStrategy(management);
        if (context.isStarted()) {
            management.onContextStarting(context);
        }
    }

    @Override
    public void onContextStarting(CamelContext context) {
        ManagementAgent agent = context.getManagementStrategy() == null
                ? null
                : context.getManagementStrategy().getManagementAgent();
        if (agent != null) {
            String name = context.getManagementName() == null ? context.getName() : context.getManagementName();
            try {
                agent.register(
                        new ManagedLint(linting),
                        new ObjectName(agent.getMBeanObjectDomainName() + ":context=" + name + ",type=aiflow-lint"));
            } catch (JMException e) {
                LOG.warn("The linter could not be registered with JMX and will not be seen there", e);
            }
        }
        if (FlowManagement.hasMicrometer(context)) {
            MicrometerLint.show(context, linting);
        }
    }
}
