package io.github.camelaiflow.management;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Readiness of a flow: down until all that its started steps need is loaded. A refused definition is told as a detail and
 * does not take the flow down, because the last good one serves; nor does drift. Never says anything of liveness.
 */
final class FlowHealthCheck extends AbstractHealthCheck {

    private final FlowStatus status;

    FlowHealthCheck(FlowStatus status) {
        super("camel", "aiflow-" + status.name());
        this.status = status;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("flow", status.name());
        if (status.servingVersion() != null) {
            builder.detail("version", status.servingVersion());
        }
        if (status.refused() != null) {
            builder.detail("refused", status.refused());
        }
        if (status.driftVerdict() != null) {
            builder.detail("drift", status.driftVerdict());
        }
        if (status.ready()) {
            builder.up();
        } else {
            builder.message("flow " + status.name() + " must be loaded").down();
        }
    }
}
