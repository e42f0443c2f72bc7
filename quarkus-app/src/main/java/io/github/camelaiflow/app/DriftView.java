package io.github.camelaiflow.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The drift verdict of a flow as its MBean tells it.
 *
 * @param verdict the verdict; {@code null} while the flow is not there
 * @param moved the fields that drifted, with effect sizes
 * @param evaluations windows compared so far
 * @param dropped windows that came while another was still being compared
 */
record DriftView(String verdict, List<String> moved, long evaluations, long dropped) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static DriftView of(String flow) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName pattern =
                    new ObjectName("org.apache.camel:context=*,type=aiflow,name=" + ObjectName.quote(flow));
            for (ObjectName name : server.queryNames(pattern, null)) {
                String report = (String) server.getAttribute(name, "DriftReport");
                JsonNode json = JSON.readTree(report == null ? "{}" : report);
                return new DriftView(
                        (String) server.getAttribute(name, "DriftVerdict"),
                        moved(json),
                        (Long) server.getAttribute(name, "DriftEvaluations"),
                        json.path("droppedWindows").asLong());
            }
            return new DriftView(null, List.of(), 0, 0);
        } catch (JMException | IOException e) {
            throw new IllegalStateException("the MBean of flow " + flow + " must be readable", e);
        }
    }

    private static List<String> moved(JsonNode report) {
        return StreamSupport.stream(report.path("fields").spliterator(), false)
                .filter(field -> field.path("status").asText().equals("DRIFTED"))
                .map(field -> field.path("field").asText() + tests(field))
                .toList();
    }

    private static String tests(JsonNode field) {
        return StreamSupport.stream(field.path("tests").spliterator(), false)
                .filter(test -> test.path("drifted").asBoolean())
                .map(test -> test.path("test").asText()
                        + String.format(" p = %.1g", test.path("pValue").asDouble()))
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
