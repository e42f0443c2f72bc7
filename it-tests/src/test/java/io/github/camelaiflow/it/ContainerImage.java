package io.github.camelaiflow.it;

import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.utility.DockerImageName;

/**
 * The images of the container tests: the public ones, or others that keep their contract, named by system property
 * ({@code -Daiflow.image.kafka=…}) or else by environment ({@code AIFLOW_IMAGE_KAFKA}).
 */
enum ContainerImage {
    /** Kafka's own image in the version of the clients here. */
    KAFKA("apache/kafka", AppInfoParser.getVersion()),
    /** PostgreSQL in the oldest version that is tried. */
    POSTGRES("postgres", "15"),
    /** A Java runtime, which the app's image stands on. */
    JRE("eclipse-temurin", "17-jre");

    private final DockerImageName published;

    ContainerImage(String repository, String tag) {
        this.published = DockerImageName.parse(repository).withTag(tag);
    }

    /** The image to start, declared compatible with the public one. */
    DockerImageName image() {
        return Optional.ofNullable(System.getProperty("aiflow.image." + name().toLowerCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(System.getenv("AIFLOW_IMAGE_" + name())))
                .map(DockerImageName::parse)
                .orElse(published)
                .asCompatibleSubstituteFor(published.getUnversionedPart());
    }
}
