"""One page each; run by `ui.app` through Streamlit."""
