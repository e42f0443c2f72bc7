package io.github.camelaiflow.management;

import java.time.Duration;

/** Meters of a delivering route, which know what they measure but are told of moments. */
interface DeliveryMeters {

    void failed(String stage);

    void recovered(Duration after);

    /** Removes the meters. */
    void close();
}
