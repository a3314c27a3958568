"""Who takes part: municipalities with departments, regions, geographic organisations and partners, with dates."""
