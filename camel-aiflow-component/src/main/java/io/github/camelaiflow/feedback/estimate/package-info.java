/**
 * Quality without labels: estimated from calibrated scores, with bands and with a verdict on whether to believe the estimate; and what share
 * of a change of quality the mix of each field's values explains.
 */
package io.github.camelaiflow.feedback.estimate;
