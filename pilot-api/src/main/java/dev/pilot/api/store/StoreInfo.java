package dev.pilot.api.store;

/**
 * What a store is.
 *
 * @param engine such as {@code sqlite}
 * @param version the engine's version
 * @param location where it is, without credentials
 * @param hubId the id of the hub's data, made when the store was
 * @param epoch the name of the event log; another one after a restore
 */
public record StoreInfo(String engine, String version, String location, String hubId, String epoch) {}
