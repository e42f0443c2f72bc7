/** What was predicted, what turned out to be true, and both together: the vocabulary of feedback. */
package io.github.camelaiflow.feedback.outcome;
