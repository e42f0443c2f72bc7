package io.github.camelaiflow.management;

import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our MBeans, under {@code org.apache.camel:context=…,type=…,name="…"}. What fails is logged: all runs without being watched. */
final class ManagedObjects {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedObjects.class);

    private ManagedObjects() {}

    /** Registers the object, in place of one that has its name. */
    static void register(CamelContext context, String type, String name, Object managed) {
        ManagementAgent agent = agent(context);
        if (agent == null) {
            return;
        }
        try {
            ObjectName objectName = objectName(context, agent, type, name);
            if (agent.isRegistered(objectName)) {
                agent.unregister(objectName);
            }
            agent.register(managed, objectName);
        } catch (JMException e) {
            LOG.warn("{} {} could not be registered with JMX and will not be seen there", type, name, e);
        }
    }

    static void unregister(CamelContext context, String type, String name) {
        ManagementAgent agent = agent(context);
        if (agent == null) {
            return;
        }
        try {
            agent.unregister(objectName(context, agent, type, name));
        } catch (JMException e) {
            LOG.debug("{} {} could not be unregistered from JMX", type, name, e);
        }
    }

    private static ManagementAgent agent(CamelContext context) {
        return context.getManagementStrategy() == null
                ? null
                : context.getManagementStrategy().getManagementAgent();
    }

    private static ObjectName objectName(CamelContext context, ManagementAgent agent, String type, String name)
            throws MalformedObjectNameException {
        String contextName = context.getManagementName() == null ? context.getName() : context.getManagementName();
        return new ObjectName(agent.getMBeanObjectDomainName() + ":context=" + contextName + ",type=" + type + ",name="
                + ObjectName.quote(name));
    }
}
