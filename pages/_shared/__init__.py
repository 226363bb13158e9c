"""What the pages share: words, state, jobs, forms, caches and the frame around every page."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

# A folder named pages makes Streamlit open a page without app.py around it, until app.py has called st.navigation once
# in this process. After a restart a browser may well ask for a page first; then say that app.py is in charge.
if PagesManager.uses_pages_directory:
    PagesManager.uses_pages_directory = False
    st.rerun()
